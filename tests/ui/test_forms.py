"""The markup of forms: what Sari sees, what her screen reader says, and what her browser must not pass on."""

import re

from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from wise.ui import forms


class Telling(forms.Form):
    stream = forms.PickField(
        label="Tentang apa?",
        choices=[("violation", "Pelanggaran"), ("service", "Pelayanan")],
        hints={"violation": "Suap dan sejenisnya"},
    )
    office = django_forms.ChoiceField(
        label="Kantor", required=False, choices=[("", "Tidak tahu"), ("Kanwil DJKN Riau", [("1", "KPKNL Pekanbaru")])]
    )
    what = forms.LongTextField(label="Apa?", help_text="Yang Anda lihat.")
    password = forms.PasswordField(label="Kata sandi", new=True)
    files = forms.MultipleFileField(label="Berkas", accept="image/*")  # type: ignore[assignment]


class Searching(forms.Form):
    private = False
    words = django_forms.CharField(label="Kata")


class Ticking(forms.Form):
    kinds = django_forms.MultipleChoiceField(
        label="Jenis", required=False, choices=[("a", "A"), ("b", "B")], widget=forms.PickMany(hints={"b": "Hint"})
    )


def group(form: forms.Form, name: str) -> str:
    return form[name].as_field_group()


def test_sari_reads_label_and_hint_before_the_box() -> None:
    html = group(Telling(), "what")
    assert '<label for="what">Apa?</label>' in html
    assert 'aria-describedby="what_helptext"' in html
    assert html.index("Yang Anda lihat.") < html.index("<textarea")
    assert 'rows="5"' in html
    assert "required" not in html


def test_an_error_stands_at_its_field_and_is_announced_with_it() -> None:
    with override("id"):
        form = Telling({})
        html = group(form, "what")
    assert 'aria-describedby="what_helptext what_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Isi bagian “Apa?”." in html
    assert "wrong" in html


def test_the_summary_links_to_every_field_with_an_error() -> None:
    form = Telling({})
    form.add_error(None, "Terlalu cepat.")
    with override("id"):
        html = render_to_string("ui/form_errors.html", {"form": form})
    assert 'role="alert"' in html
    assert "<li>Terlalu cepat.</li>" in html
    assert re.findall(r'href="#(\w+)"', html) == ["stream", "what", "password"]
    for name in ("stream", "what", "password"):
        assert f'id="{name}"' in group(form, name)


def test_a_form_without_errors_has_no_summary() -> None:
    assert render_to_string("ui/form_errors.html", {"form": Telling()}).strip() == ""


def test_sari_picks_one_of_a_few_with_a_sentence_to_each() -> None:
    html = group(Telling({"stream": "service"}), "stream")
    assert "<fieldset" in html
    assert "<legend>Tentang apa?</legend>" in html
    assert '<label for="stream"' in html
    assert '<label for="stream_1"' in html
    assert "<small>Suap dan sejenisnya</small>" in html
    assert html.count("<small>") == 1
    assert html.index("checked") > html.index('value="service"')


def test_sari_ticks_several_or_none() -> None:
    assert 'type="checkbox"' in group(Ticking(), "kinds")
    form = Ticking({"kinds": ["a", "b"]})
    assert form.is_valid()
    assert form.cleaned_data["kinds"] == ["a", "b"]
    assert not Ticking.base_fields["kinds"].widget.value_omitted_from_data({}, MultiValueDict(), "kinds")


def test_sari_chooses_an_office_among_groups() -> None:
    assert '<optgroup label="Kanwil DJKN Riau">' in group(Telling(), "office")


def test_what_sari_types_is_neither_remembered_nor_sent_to_a_spelling_service() -> None:
    html = group(Telling(), "what")
    assert 'autocomplete="off"' in html
    assert 'spellcheck="false"' in html
    assert "spellcheck" not in group(Searching(), "words")


def test_a_password_is_never_shown_again() -> None:
    html = group(Telling({"password": " rahasia "}), "password")
    assert "rahasia" not in html
    assert 'autocomplete="new-password"' in html
    form = Telling({"password": " rahasia ", "what": "x", "stream": "service"})
    assert form.is_valid()
    assert form.cleaned_data["password"] == " rahasia "


def files_of(*files: SimpleUploadedFile) -> MultiValueDict[str, SimpleUploadedFile]:
    return MultiValueDict({"files": list(files)})


def test_sari_sends_no_file_one_or_several() -> None:
    words = {"what": "x", "stream": "service", "password": "p"}
    for number in (0, 1, 3):
        form = Telling(words, files_of(*(SimpleUploadedFile(f"{n}.txt", b"isi") for n in range(number))))
        assert form.is_valid(), form.errors
        assert len(form.cleaned_data["files"]) == number
    html = group(Telling(), "files")
    assert " multiple" in html
    assert 'accept="image/*"' in html


def test_an_empty_file_is_refused_with_what_to_do() -> None:
    with override("id"):
        form = Telling({}, files_of(SimpleUploadedFile("a.txt", b"isi"), SimpleUploadedFile("b.txt", b"")))
        assert form.errors["files"] == ["Berkas ini kosong. Pilih lagi, atau tinggalkan."]


def test_files_that_must_come_are_asked_for() -> None:
    class Adding(forms.Form):
        files = forms.MultipleFileField(label="Berkas", required=True)  # type: ignore[assignment]

    with override("id"):
        assert Adding({}, files_of()).errors["files"] == ["Pilih sekurang-kurangnya satu berkas."]


def test_a_whole_form_renders_its_hidden_fields_too() -> None:
    class Small(forms.Form):
        token = django_forms.CharField(widget=django_forms.HiddenInput)
        words = django_forms.CharField(label="Kata")

    html = str(Small())
    assert 'type="hidden" name="token"' in html
    assert '<label for="words">Kata</label>' in html
