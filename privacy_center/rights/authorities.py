"""The authorities that people can complain to, as data: by country, by member state of the European Union, by state of the United States.

None of the addresses was opened from here: where one is wrong, the list that stands beside it leads on. CHECKED says when the entries were
last gone through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from privacy_center.datamap.words import Words
from privacy_center.rights.homes import US_STATES, Home
from privacy_center.rights.laws import EEA

CHECKED = date(2026, 11, 24)


@dataclass(frozen=True)
class Authority:
    """One authority: its own name, where it is, and what to know before one turns to it."""

    name: Words
    href: str
    note: Words = ""
    checked: date = CHECKED


EDPB = Authority(
    _l("List of all authorities of the European Economic Area"),
    "https://www.edpb.europa.eu/about-edpb/about-edpb/members_en",
    _l("Kept by the European Data Protection Board. You may complain where you live, where you work, or where it happened (GDPR Art. 77)."),
)
ASSEMBLY = Authority(
    _l("List of data protection authorities worldwide"), "https://globalprivacyassembly.org/", _l("The members of the Global Privacy Assembly.")
)
SINGAPORE = Authority(
    "Personal Data Protection Commission (PDPC)",
    "https://www.pdpc.gov.sg/individuals/e-services/report-a-data-protection-concern/organisations-use-of-personal-data",
    _l("ZCode’s company is in Singapore, so you can turn to it wherever you live. It asks you to write to us first."),
)
FTC = Authority("Federal Trade Commission (FTC)", "https://reportfraud.ftc.gov/", _l("For the whole country, and for the data of children under 13 (COPPA)."))
STATE_FINDER = "https://www.naag.org/find-my-ag/"
GERMANY = _l("For companies it is the authority of your Land; this one tells you which.")
PREFERS_FIRST = _l("It asks you to complain to us first.")

MEMBER_STATES: dict[str, Authority] = {
    "AT": Authority("Österreichische Datenschutzbehörde", "https://www.dsb.gv.at/"),
    "BE": Authority("Autorité de protection des données / Gegevensbeschermingsautoriteit", "https://www.dataprotectionauthority.be/"),
    "BG": Authority("Комисия за защита на личните данни", "https://www.cpdp.bg/"),
    "CY": Authority("Commissioner for Personal Data Protection", "https://www.dataprotection.gov.cy/"),
    "CZ": Authority("Úřad pro ochranu osobních údajů", "https://www.uoou.gov.cz/"),
    "DE": Authority("Der Bundesbeauftragte für den Datenschutz und die Informationsfreiheit", "https://www.bfdi.bund.de/", GERMANY),
    "DK": Authority("Datatilsynet", "https://www.datatilsynet.dk/"),
    "EE": Authority("Andmekaitse Inspektsioon", "https://www.aki.ee/"),
    "ES": Authority("Agencia Española de Protección de Datos (AEPD)", "https://www.aepd.es/"),
    "FI": Authority("Tietosuojavaltuutetun toimisto", "https://tietosuoja.fi/"),
    "FR": Authority("Commission nationale de l’informatique et des libertés (CNIL)", "https://www.cnil.fr/fr/plaintes"),
    "GR": Authority("Αρχή Προστασίας Δεδομένων Προσωπικού Χαρακτήρα", "https://www.dpa.gr/"),
    "HR": Authority("Agencija za zaštitu osobnih podataka (AZOP)", "https://azop.hr/"),
    "HU": Authority("Nemzeti Adatvédelmi és Információszabadság Hatóság (NAIH)", "https://www.naih.hu/"),
    "IE": Authority("Data Protection Commission", "https://www.dataprotection.ie/", PREFERS_FIRST),
    "IS": Authority("Persónuvernd", "https://www.personuvernd.is/"),
    "IT": Authority("Garante per la protezione dei dati personali", "https://www.garanteprivacy.it/"),
    "LI": Authority("Datenschutzstelle", "https://www.datenschutzstelle.li/"),
    "LT": Authority("Valstybinė duomenų apsaugos inspekcija", "https://vdai.lrv.lt/"),
    "LU": Authority("Commission nationale pour la protection des données (CNPD)", "https://cnpd.public.lu/"),
    "LV": Authority("Datu valsts inspekcija", "https://www.dvi.gov.lv/"),
    "MT": Authority("Information and Data Protection Commissioner", "https://idpc.org.mt/"),
    "NL": Authority("Autoriteit Persoonsgegevens", "https://www.autoriteitpersoonsgegevens.nl/"),
    "NO": Authority("Datatilsynet", "https://www.datatilsynet.no/"),
    "PL": Authority("Urząd Ochrony Danych Osobowych (UODO)", "https://uodo.gov.pl/"),
    "PT": Authority("Comissão Nacional de Proteção de Dados (CNPD)", "https://www.cnpd.pt/"),
    "RO": Authority("Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal", "https://www.dataprotection.ro/"),
    "SE": Authority("Integritetsskyddsmyndigheten (IMY)", "https://www.imy.se/"),
    "SI": Authority("Informacijski pooblaščenec", "https://www.ip-rs.si/"),
    "SK": Authority("Úrad na ochranu osobných údajov", "https://dataprotection.gov.sk/"),
}
COUNTRIES: dict[str, Authority] = {
    "AU": Authority(
        "Office of the Australian Information Commissioner (OAIC)",
        "https://www.oaic.gov.au/privacy/privacy-complaints",
        _l("Complain to us first, and give us 30 days."),
    ),
    "BR": Authority(
        "Agência Nacional de Proteção de Dados (ANPD)", "https://www.gov.br/anpd/pt-br/canais_atendimento/fale-conosco", _l("You must have asked us first.")
    ),
    "CA": Authority(
        "Office of the Privacy Commissioner of Canada / Commissariat à la protection de la vie privée", "https://www.priv.gc.ca/en/report-a-concern/"
    ),
    "CH": Authority("Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter (EDÖB)", "https://www.edoeb.admin.ch/"),
    "CN": Authority("国家互联网信息办公室（违法和不良信息举报中心，12377）", "https://www.12377.cn/"),
    "GB": Authority("Information Commissioner’s Office (ICO)", "https://ico.org.uk/make-a-complaint/", PREFERS_FIRST),
    "HK": Authority("香港個人資料私隱專員公署 / Privacy Commissioner for Personal Data", "https://www.pcpd.org.hk/"),
    "IN": Authority(
        "Data Protection Board of India",
        "https://www.meity.gov.in/",
        _l("Complain to us first. The Board works online; the ministry’s site leads to it once it takes complaints."),
    ),
    "JP": Authority("個人情報保護委員会 (PPC)", "https://www.ppc.go.jp/"),
    "KR": Authority("개인정보보호위원회 (PIPC)", "https://privacy.kisa.or.kr/", _l("By telephone in Korea: 118.")),
    "NZ": Authority("Office of the Privacy Commissioner", "https://www.privacy.org.nz/", PREFERS_FIRST),
    "PH": Authority("National Privacy Commission", "https://privacy.gov.ph/"),
    "SG": SINGAPORE,
    "TR": Authority("Kişisel Verileri Koruma Kurumu (KVKK)", "https://www.kvkk.gov.tr/"),
    "ZA": Authority("Information Regulator", "https://inforegulator.org.za/"),
}
CALIFORNIA = (
    Authority("California Privacy Protection Agency (CPPA)", "https://cppa.ca.gov/webapplications/complaint"),
    Authority("Attorney General of California", "https://oag.ca.gov/report"),
)


def of_home(home: Home) -> list[Authority]:
    """Whom a person who lives there can complain to: their own authority first, a list that leads on, and Singapore's for everybody."""
    if home.country == "US":
        own = _of_state(home.region)
    elif home.country in EEA:
        own = [MEMBER_STATES[home.country], EDPB]
    else:
        known = COUNTRIES.get(home.country or "")
        own = [known] if known else [ASSEMBLY]
    return list(dict.fromkeys([*own, SINGAPORE]))


def _of_state(region: str | None) -> list[Authority]:
    """The authorities of one of the United States, and the federal one."""
    if region == "CA":
        return [*CALIFORNIA, FTC]
    if region in US_STATES:
        return [Authority(gettext("Attorney General of %(state)s", state=US_STATES[region]), STATE_FINDER), FTC]
    return [Authority(_l("Attorney General of your state"), STATE_FINDER), FTC]
