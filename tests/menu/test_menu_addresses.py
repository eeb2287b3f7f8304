"""Which addresses and labels are never followed, however they are written."""

from urllib.parse import urljoin

import pytest

from massar_cli.portal.followable import label_may_be_followed, may_be_followed

LOCAL = "http://127.0.0.1:8000/moutamadris"
REAL = "https://massarservice.men.gov.ma/moutamadris"

NEVER = (
    # sign-out and the account, in every spelling that a server may understand
    "/moutamadris/Account/LogOff",
    "/moutamadris/ACCOUNT/logoff",
    "/moutamadris/x/../Account/LogOff",
    "http://127.0.0.1:8000/moutamadris/x/../Account/LogOff",
    "/moutamadris/./Account/Page",
    "/moutamadris//Account/Page",
    "/moutamadris/Account./Page",
    "/moutamadris/Account%20/Page",
    "/moutamadris/Account/%4cogOff",
    "/moutamadris/%41ccount/Page",
    "/moutamadris/%2541ccount/Page",
    "/moutamadris/x%2f..%2fAccount/Page",
    "/moutamadris/x%5c..%5cAccount",
    "/moutamadris/%2e%2e/admin/Page",
    "/moutamadris/(S(abc))/Account/Page",
    "/moutamadris;x/Account/Page",
    "/moutamadris/x;/y",
    "/moutamadris\\Account\\LogOff",
    "/moutamadris/x/log-off",
    "/moutamadris/x/Log_Off",
    "/moutamadris/x/LogOﬀ",
    "/moutamadris/x/ＬｏｇＯｆｆ",
    "/moutamadris/x/LogOf\u200df",
    "/moutamadris/x/ſignout",
    "/moutamadris/x/%C5%BFignout",
    "/moutamadris/x/s%C4%B1gnout",
    "/moutamadris/x/deconnexion",
    "/moutamadris/x/D%C3%A9connexion",
    "/moutamadris/x?returnUrl=/moutamadris/Account/LogOff",
    "/moutamadris/x?returnUrl=%2Fmoutamadris%2FAccount%2FLogOff",
    "/moutamadris/x?returnUrl=%252Fmoutamadris%252FAccount%252FLogOff",
    "/moutamadris/Session/Terminate",
    "/moutamadris/x/FinSession",
    # what changes something
    "/moutamadris/x/Soumettre/1",
    "/moutamadris/x/ChangePassword",
    "/moutamadris/changer-mot-de-passe",
    "/moutamadris/x/UpdateEmailPerso",
    "/moutamadris/numero-de-telephone",
    "/moutamadris/double-authentification",
    "/moutamadris/TuteurEleves/ResetMFA",
    "/moutamadris/tuteureleves/resetmfa",
    "/moutamadris/General/SetCulture?culture=ar",
    "/moutamadris/x?lang=fr",
    "/moutamadris/General/Home?CodeEleve=X130000002",
    "/moutamadris/x/MarquerLu",
    "/moutamadris/x/markasread?id=1",
    "/moutamadris/x/ConfirmerVoeu",
    "/moutamadris/x/ValiderFiche",
    "/moutamadris/x/Annuler",
    "/moutamadris/x/annulerdemande",
    "/moutamadris/x/Sécurité",
    "/moutamadris/x?handler=Delete",
    "/moutamadris/x?__EVENTTARGET=b",
    "/moutamadris/x/SupprimerMessage?id=1",
    # what is not of this application, or no GET at all
    "/moutamadris",
    "/moutamadris/",
    "/moutamadrisX/Page",
    "/other/Page",
    "//evil.example/moutamadris/Page",
    "\\\\evil.example\\moutamadris\\Page",
    "http://evil.example/moutamadris/Page",
    "http://127.0.0.1:8001/moutamadris/Page",
    "http://127.0.0.1/moutamadris/Page",
    "https://127.0.0.1:8000/moutamadris/Page",
    "http://user@127.0.0.1:8000/moutamadris/Page",
    "http://127.0.0.1:8000@evil.example/moutamadris/Page",
    "http://127.0.0.1:8000.evil.example/moutamadris/Page",
    "http://127.0.0.1:99999/moutamadris/Page",
    "http://localhost:8000/moutamadris/Page",
    "ftp://127.0.0.1:8000/moutamadris/Page",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "mailto:a@b.example",
    "/moutamadris/x%00",
    "/moutamadris/x%0d%0aHost:evil",
    "/moutamadris/x y",
    "/moutamadris/" + "x" * 3000,
)
OFTEN = (
    "TuteurEleves/GetNotesEleve",
    "TuteurEleves/SuiviAssiduite",
    "Cap/FicheChoix",
    "Espace/Projet/Choix",
    "Correspondance/Lire?ref=12",
    "Eleve/Actualites",
    "Eleve/Nouveautes",
    "News/List",
    "Messages/Index?page=2",
    "Notes/Index?annee=2026&semestre=1",
    "eleve/emploi-du-temps/",
    "Eleve/%D8%BA%D9%8A%D8%A7%D8%A8",
    "eleve/devoirs?statut=a-rendre",
    "Attestations/Scolarite",
    "Orientation/Voeux",
    "Portail/Page?d=01%2F02%2F2027&nom=a%20b",
    "Eleve/Semaine?du=2027-03-15",
    "portail/activites",
)
NEVER_LABELS = """
تسجيل الخروج | الخروج | كلمة المرور | تغيير كلمة المرور | كلمة السر | القن السري | حذف
البريد الإلكتروني | بريد إلكتروني | رقم الهاتف | الهاتف | المصادقة الثنائية | التأكيد
تأكيد الرغبات | تعديل المعلومات | إضافة رسالة | إرسال رسالة
إلغاء الرغبة | الإلغاء | تفعيل الحساب | وتأكيد
Déconnexion | Se déconnecter | Quitter | Mot de passe | Changer le mot de passe | E-mail | Email
Mon e-mail | Courriel | Téléphone | Double authentification | Confirmer | Confirmation des voeux
Supprimer | Modifier mon profil | Envoyer un message | Valider la fiche | Annuler ma demande
Mettre à jour | S'inscrire | Réinitialiser | Activer mon compte | Sign out | Log out | Password
"""
OTHER_LABELS = """
الغياب | المراسلات | البريد الوارد | إعادة التوجيه | الرسائل | التحصيل الدراسي | بطاقة الرغبات
Messagerie | Mes messages | Emploi du temps | Passerelles | Réorientation | Notes validées
Attestations de réussite | Actualités | Nouveautés | Informations de l'élève | Résultats
"""


def labels(text: str) -> list[str]:
    return [label for line in text.strip().splitlines() for label in line.split(" | ")]


@pytest.mark.parametrize("written", NEVER)
def test_an_address_that_is_no_plain_page_of_this_application_is_never_followed(
    written: str,
) -> None:
    try:
        whole = urljoin(f"{LOCAL}/General/Home", written)
    except ValueError:
        return
    assert not may_be_followed(LOCAL, whole)


@pytest.mark.parametrize("below", OFTEN)
def test_pages_that_only_show_something_are_followed(below: str) -> None:
    assert may_be_followed(LOCAL, f"{LOCAL}/{below}")
    assert may_be_followed(REAL, f"{REAL}/{below}")


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("https://massarservice.men.gov.ma", True),
        ("https://MASSARSERVICE.men.gov.ma:443", True),
        ("https://moutamadris.men.gov.ma", True),
        ("https://waliye.men.gov.ma", True),
        ("http://massarservice.men.gov.ma", False),
        ("https://massarservice.men.gov.ma:8443", False),
        ("https://massar.men.gov.ma", False),
        ("https://men.gov.ma", False),
        ("https://massarservice.men.gov.ma.evil.example", False),
        ("https://massarservice.men.gov.ma.", False),
        ("https://evil@massarservice.men.gov.ma", False),
        ("http://127.0.0.1", False),
    ],
)
def test_the_application_answers_under_three_names_alone(host: str, may: bool) -> None:
    assert may_be_followed(REAL, f"{host}/moutamadris/Eleve/Page") is may


@pytest.mark.parametrize("label", labels(NEVER_LABELS))
def test_a_label_that_promises_a_change_is_never_followed(label: str) -> None:
    assert not label_may_be_followed(label)
    assert not label_may_be_followed(label.upper())


@pytest.mark.parametrize("label", labels(OTHER_LABELS))
def test_a_label_that_only_names_something_is_followed(label: str) -> None:
    assert label_may_be_followed(label)
