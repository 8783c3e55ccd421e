"""The officers' addresses, under `kerja/` in both languages."""

from django.urls import path

from wise.workspace import (
    boxes,
    calendars,
    cases,
    doorway,
    inboxes,
    letter_templates,
    letters,
    overview,
    people,
    recording,
    topics,
)

app_name = "workspace"

urlpatterns = [
    path("", inboxes.inbox, name="inbox"),
    path("masuk/", doorway.sign_in, name="sign_in"),
    path("keluar/", doorway.sign_out, name="sign_out"),
    path("pulihkan/", doorway.recover, name="recover"),
    path("sandi/", doorway.passphrase, name="passphrase"),
    path("perkara/<uuid:case_id>/", cases.case, name="case"),
    path("perkara/<uuid:case_id>/berkas/<uuid:file_id>/", cases.file, name="file"),
    path("perkara/<uuid:case_id>/surat/<uuid:letter_id>/<slug:form>/", letters.letter, name="letter"),
    path("perkara/<uuid:case_id>/konsep/", letters.draft, name="draft"),
    path("perkara/<uuid:case_id>/laporan/", recording.laporan, name="laporan"),
    path("perkara/<uuid:case_id>/<slug:name>/", cases.move, name="move"),
    path("kantor/", overview.offices, name="offices"),
    path("kantor/<uuid:unit_id>/", overview.office, name="office"),
    path("catat/", recording.record, name="record"),
    path("catat/periksa/", recording.check, name="record_check"),
    path("catat/tanda-terima/", recording.slip, name="slip"),
    path("catat/tanda-terima/pdf/", recording.slip_pdf, name="slip_pdf"),
    path("kotak/", boxes.boxes, name="boxes"),
    path("kelola/orang/", people.overview, name="people"),
    path("kelola/orang/usul/", people.propose, name="propose"),
    path("kelola/orang/nip/<uuid:officer_id>/", people.service_number, name="service_number"),
    path("kelola/orang/<uuid:proposal_id>/", people.decide, name="decide"),
    path("kelola/templat/", letter_templates.overview, name="letter_templates"),
    path("kelola/templat/<slug:slug>/nomor/", letter_templates.pattern, name="letter_pattern"),
    path("kelola/templat/<slug:slug>/<slug:code>/", letter_templates.template, name="letter_template"),
    path("kelola/topik/", topics.topics, name="topics"),
    path("kelola/topik/baru/<slug:stream>/", topics.new_topic, name="new_topic"),
    path("kelola/topik/<slug:code>/", topics.topic, name="topic"),
    path("kelola/topik/<slug:code>/ubah/", topics.change_topic, name="change_topic"),
    path("kelola/hari-libur/", calendars.holidays, name="holidays"),
    path("kelola/hari-libur/baru/", calendars.new_holiday, name="new_holiday"),
    path("kelola/hari-libur/muat/", calendars.load_year, name="load_year"),
    path("kelola/hari-libur/<slug:on>/", calendars.holiday, name="holiday"),
    path("kelola/aturan/", calendars.rule_sets, name="rules"),
    path("kelola/aturan/pilih/", calendars.choose_rules, name="choose_rules"),
    path("<path:address>/", doorway.nowhere),
]
