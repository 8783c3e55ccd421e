"""What pages share: the frame, the form renderer, template tags, styles.

How a door uses this room
=========================

**Base templates.** Each page extends one of these and fills ``title`` (a short neutral word, never "whistleblowing")
and ``content`` (which starts with one ``<h1>``).

========================== ===================================================================================
``ui/base.html``           public pages
``ui/private_base.html``   a reporter's pages: the same with ``noindex``
``ui/workspace_base.html`` officers' pages; pass ``unit_name`` and ``officer_name`` (empty: nobody signed in)
========================== ===================================================================================

Blocks: ``title``, ``robots``, ``head``, ``mark``, ``leave``, ``nav`` (``<li>`` items; ``work_nav`` in the workspace),
``session`` (``<li>`` with the sign-out form; the workspace has one, put its hidden fields into ``sign_out_fields``),
``language``, ``before`` (a ``<a class="back">`` or "Step 1 of 2"), ``content``, ``width`` (``narrow`` by default on
public pages, empty for a wide page), ``page`` (all of ``<main>``, where ``content`` is too narrow), ``foot``.
When the context's ``form`` has errors, the title begins with "Error:" by itself.

**Forms.** Subclass ``ui.forms.Form``; in the template::

    <form method="post" enctype="multipart/form-data" novalidate>
    {% include "ui/form_errors.html" %}      {# before the h1; links to each field, role="alert" #}
    {{ form.what.as_field_group }}           {# label, hint, error, control #}
    {{ form.stream.as_field_group }}         {# forms.PickField(choices=…, hints={"violation": _("…")}) #}

An id is the field's name. Answer a form with errors with status 422. ``PickField``, ``LongTextField(rows=)``,
``PasswordField(new=)``, ``MultipleFileField(accept=)`` (a field called ``files`` needs ``type: ignore[assignment]``:
Django's stubs know another attribute of that name), widgets ``Pick(hints=)`` and ``PickMany(hints=)``. Text
fields are neither remembered nor spell-checked elsewhere; a form of public words sets ``private = False``.

**Partials.** ``ui/form_errors.html`` (``form``), ``ui/pagination.html`` (``page_obj``; keeps the other parameters of
the query), ``ui/empty.html`` (``title``, ``sentence``, ``action``, ``action_url``).

**Tags.** ``{% load wise_dates %}``: ``due|long_date``, ``due|weekday_date``, ``at|date_time``, ``at|iso``,
``due|days_left:today``, ``{% days_chip due today met=… %}``. ``{% load wise_text %}``: ``size|file_size``,
``{% chip text tone %}`` (tone: "", ok, warn, bad), ``{% meter 3 of=5 %}``, ``{% here address %}`` (aria-current).

**Classes** (``wise.css``): ``btn`` with ``main`` or ``grave``, ``plain`` (a button that looks like a link), ``row``
with ``apart``, ``card``, ``grid``, ``note`` with ``bad`` or ``ok``, ``empty``, ``steps``, ``lead``, ``soft``, ``hint``,
``secret`` with ``words``, ``chip``, ``facts`` (dl), ``told`` (a reporter's own words, line breaks kept), ``files``
(ul), ``time`` (ol, the last ``li`` may be ``now``), ``say`` with ``mine``, ``scroll`` around a wide table, ``stack`` on
a table that becomes cards on a telephone (give its ``td`` a ``data-label``), ``num``, ``short`` and ``code`` on inputs,
``back``, ``unseen`` (for screen readers only), ``screen`` and ``print`` (shown only there). Only in ``workspace.css``:
``desk`` with ``case``, ``rail``, ``filter``, ``moves``, ``left``, ``agenda``, ``sort``.
No ``style`` attribute and no ``<style>``: the content security policy drops them.

**Errors.** ``ui.errors.error_page(request, status, title=, sentence=)`` and, for a page that then stands in a frame of
the door's own, ``ui.errors.keep_frame(request, template, **context)``; ``ui.context.page`` gives every template
``frame`` (language, the same page in the other language, the way out, the hotline, the onion address).
"""
