"""Where the services' pages are: invented, and nothing in one edition tells of the other's.

The addresses of marks, path and profile are known and stand in `portal`.
"""

from massar_cli.practice.editions import MOUNT, Edition

SERVICES = {
    "2018": {
        "absences": "/TuteurEleves/SuiviAssiduite",
        "lateness": "/TuteurEleves/SuiviBilletEntree",
        "homework": "/TuteurEleves/SuiviCahier",
        "timetable": "/TuteurEleves/SuiviHoraire",
        "exams": "/TuteurEleves/SuiviPlanification",
        "messages": "/Correspondance/Boite",
        "message": "/Correspondance/Lire",
        "documents": "/Scolarite/PiecesEleve",
        "guidance": "/Cap/FicheChoix",
    },
    "2025": {
        "absences": "/VieScolaire/Registre",
        "homework": "/VieScolaire/Travaux",
        "timetable": "/VieScolaire/Semaine",
        "exams": "/VieScolaire/Calendrier",
        "messages": "/VieScolaire/Fil",
        "documents": "/Espace/Coffre",
        "guidance": "/Espace/Projet/Choix",
    },
}
"""Pages to read, by their kind; all of them answer GET."""

POSTED_CHOICES = (("2018", "exams"),)
"""Pages whose year is chosen by a form that is posted, though nothing changes by it."""

FILES = {"2018": "/Scolarite/Piece", "2025": "/Espace/Coffre/Element"}
"""Files: the 2018 edition names one in the query, the 2025 edition in the path."""

KNOWN_WRITES = (
    ("POST", "/Account/ChangePassword"),
    ("POST", "/TuteurEleves/UpdateEmailPerso"),
    ("POST", "/TuteurEleves/ResetMFA"),
)
"""What changes something, and where it is on the real portal."""

WRITES = {
    "2018": (
        ("POST", "/Correspondance/Repondre"),
        ("GET", "/Correspondance/SupprimerMessage"),
        ("GET", "/Cap/ConfirmerVoeu"),
        ("GET", "/Cap/ValiderFiche"),
    ),
    "2025": (
        ("POST", "/VieScolaire/Fil/Reponse"),
        ("GET", "/VieScolaire/Fil/MarquerLu"),
        ("GET", "/VieScolaire/Fil/Supprimer"),
        ("GET", "/Espace/Projet/Annuler"),
        ("GET", "/Espace/Projet/Confirmer"),
    ),
}
"""What would change something; a GET that does is bad manners, and met everywhere."""

_DATA = ("/tuteureleves/", "/correspondance/", "/scolarite/", "/cap/", "/viescolaire/", "/espace/")


def is_data(path: str) -> bool:
    """Whether a path below the mount, in small letters, leads to somebody's data."""
    return path.startswith(_DATA)


def address_of(edition: Edition, page: str) -> str:
    """Give the whole path of a service's page."""
    return f"{MOUNT}{SERVICES[edition.name][page]}"


def file_address(edition: Edition, ref: str) -> str:
    """Give the address of a file."""
    return f"{MOUNT}{FILES[edition.name]}{'/' if edition.core else '?ref='}{ref}"
