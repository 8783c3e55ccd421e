// Asks the browser for a passkey and sends its answer with the form. Without it the pages say what to do instead.
"use strict";
const form = document.querySelector("form.passkey");
const able = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
if (form && able) {
  const create = form.dataset.asks === "create";
  const asked = JSON.parse(form.dataset.options).publicKey;
  const failed = form.querySelector("[data-failed]");
  const go = form.querySelector("[data-go]");
  form.querySelector("[data-without]").hidden = true;
  go.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    go.disabled = true;
    try {
      const answer = create
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
      form.elements.passkey.value = JSON.stringify(answer.toJSON());
      form.submit();
    } catch {
      failed.hidden = false;
      go.disabled = false;
    }
  });
}
