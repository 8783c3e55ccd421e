"""The addresses of the reporter's pages: the same paths in both languages, English below ``/en/``."""

from django.urls import path

from wise.portal.views import (
    account,
    adding,
    confiding,
    objecting,
    receipt,
    reports,
    send,
    slip,
    status,
    tell,
    withdrawing,
)

app_name = "portal"

urlpatterns = [
    path("lapor/", tell.tell, name="tell"),
    path("lapor/berkas/", tell.files, name="files"),
    path("lapor/periksa/", send.check, name="check"),
    path("lapor/terkirim/", receipt.receipt, name="receipt"),
    path("lapor/terkirim/simpan/", receipt.save, name="receipt_text"),
    path("masuk/", account.sign_in, name="sign_in"),
    path("keluar/", account.sign_out, name="sign_out"),
    path("pulihkan/", account.recover, name="recover"),
    path("pulihkan/kode/", account.new_code, name="new_code"),
    path("sandi/", account.password, name="password"),
    path("status/", status.status, name="status"),
    path("status/kata-baru/", slip.slip, name="slip"),
    path("pengaduan/", reports.reports, name="reports"),
    path("pengaduan/<uuid:report_id>/", reports.report, name="report"),
    path("pengaduan/<uuid:report_id>/pesan/", reports.message, name="message"),
    path("pengaduan/<uuid:report_id>/cabut/", withdrawing.withdraw, name="withdraw"),
    path("pengaduan/<uuid:report_id>/identitas/", confiding.confide, name="confide"),
    path("pengaduan/<uuid:report_id>/identitas/cabut/", confiding.withdraw, name="withdraw_identity"),
    path("pengaduan/<uuid:report_id>/keberatan/", objecting.object_to_answer, name="object"),
    path("pengaduan/<uuid:report_id>/tambahan/", reports.addition, name="addition"),
    path("pengaduan/<uuid:report_id>/tambahan/<uuid:held_id>/", adding.adding, name="adding"),
    path("pengaduan/<uuid:report_id>/tanggapan/", reports.answer, name="answer"),
    path("pengaduan/<uuid:report_id>/surat/<uuid:own_id>/", reports.letter, name="letter"),
    path("pengaduan/<uuid:report_id>/surat/<uuid:own_id>/salinan/", reports.letter_in_english, name="courtesy"),
    path("pengaduan/<uuid:report_id>/berkas/<uuid:own_id>/", reports.file, name="file"),
]
