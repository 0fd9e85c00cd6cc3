"""A system renames a label on any day: nothing that was said under it vanishes, and the office is told once."""

import pytest

from tests.steps.sources.office import HEADER, MBS, SourceOffice, notification, row

TEXT = "Lale Sokakta asfalt çöktü, derin çukurlar oluştu."


@pytest.mark.parametrize("label", ["Şikayet Özeti", "Beyan", "TALEBİN ÖZETİ"])
@pytest.mark.parametrize("subject", ["Asfalt yaması", ""])
def test_what_stands_under_a_renamed_label_of_the_text_is_the_text(
    desk: SourceOffice, label: str, subject: str
) -> None:
    desk.deliver(MBS, "MBS", notification(Konu=subject).replace("Açıklama:", f"{label}:"))
    request = desk.only()
    assert request.description.startswith(f"{TEXT}\nYama yapılmasını arz ederim.")
    assert "otomatik" not in request.description
    assert desk.told() == ["Muhtar Bilgi Sistemi: tanınmayan etiket"]
    desk.deliver(MBS, "MBS", notification("2026/4712").replace("Açıklama:", f"{label}:"))
    assert len(desk.all()) == 2
    assert len(desk.told()) == 1, "told once"


def test_a_renamed_label_in_a_table_and_a_renamed_column_are_read_too(desk: SourceOffice) -> None:
    cells = {"Başvuru No": "1", "Mahalle": "Atapark", "Konu": "Çöp", "Beyan": TEXT}
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in cells.items())
    desk.deliver(MBS, "MBS", "HTML görüntüleyiniz.", html=f"<table>{rows}</table>")
    desk.hand_in("mbs.xlsx", [label.replace("Açıklama", "Şikayet Özeti") for label in HEADER], row())
    by_form, by_list = (request.description for request in desk.all())
    assert by_form == TEXT
    assert by_list.startswith("Lale Sokakta asfalt çöktü")
    assert desk.told().count("Muhtar Bilgi Sistemi: tanınmayan etiket") == 2


def test_what_else_is_said_goes_along_under_its_label(desk: SourceOffice) -> None:
    more = "Muhtarın Görüşü: Okul yolunda olduğundan ivedilikle yapılmalıdır.\nAdres: Lale Sokak No: 3\nKonu:"
    desk.deliver(MBS, "MBS", notification().replace("Konu:", more))
    said = desk.only().description
    assert "Muhtarın Görüşü: Okul yolunda olduğundan ivedilikle yapılmalıdır." in said
    assert "Adres: Lale Sokak No: 3" in said
    assert said.startswith(TEXT)


@pytest.mark.parametrize(
    "more",
    [
        "Öncelik: Normal",
        "İl: Ankara",
        "Kurum: Örnek Belediyesi Muhtarlık İşleri Müdürlüğü",
        "KURUM: T.C. İÇİŞLERİ BAKANLIĞI",
        "Cevap Süresi: 15 gün",
        "Son Cevap Tarihi: 2 Kasım 2026 Pazartesi",
        "Bağlantı: https://mbs.example.gov.tr/basvuru/4711",
    ],
)
def test_names_figures_and_choices_are_no_text(desk: SourceOffice, more: str) -> None:
    desk.deliver(MBS, "MBS", notification(Açıklama="").replace("Konu:", f"{more}\nKonu:"))
    assert desk.only().description.split("\n")[0] == "Asfalt yaması"
    assert more not in desk.only().description
    assert desk.told() == []


def test_a_day_under_an_unknown_label_is_named_where_the_record_has_none(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification().replace("Başvuru Tarihi:", "İlk Kayıt Zamanı:"))
    request = desk.only()
    assert "Sistemdeki tarih bulunamadı" in request.note
    assert "İlk Kayıt Zamanı: 08.10.2026 14:35" in request.description
    assert desk.told() == ["Muhtar Bilgi Sistemi: tanınmayan etiket"]


def test_a_line_for_a_person_shows_the_mails_own_words(desk: SourceOffice) -> None:
    text = notification(place="Atapark", headman="").replace("Mahalle:", "Yerleşim Yeri:")
    desk.deliver(MBS, "MBS", text)
    [review] = desk.reviews()
    assert "Yerleşim Yeri: Atapark Mahallesi" in review.read


def test_the_labels_of_a_numbered_form_are_read(desk: SourceOffice) -> None:
    lines = ("1. Başvuru No: 2026/505", "2. Tarih: 08.10.2026", "3. Mahalle: Atapark", f"4. Açıklama: {TEXT}")
    desk.deliver(MBS, "MBS", "\n".join(lines))
    request = desk.only()
    assert (request.external_number, request.neighbourhood, request.description) == (
        "2026/505",
        "Atapark",
        TEXT,
    )
