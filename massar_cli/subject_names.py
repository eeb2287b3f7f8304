"""What the subjects of the national curriculum are called in French and English, by their ids.

The Arabic name is the first spelling of `subjects`; the portal's French has neither accents nor
small letters, and no English at all.
"""

from collections.abc import Mapping

_TABLE = {
    # Languages
    "arabic": "Arabe | Arabic",
    "french": "Français | French",
    "english": "Anglais | English",
    "spanish": "Espagnol | Spanish",
    "german": "Allemand | German",
    "italian": "Italien | Italian",
    "portuguese": "Portugais | Portuguese",
    "russian": "Russe | Russian",
    "chinese": "Chinois | Chinese",
    "amazigh": "Amazighe | Amazigh",
    "first_foreign_language": "Première langue étrangère | First foreign language",
    "second_foreign_language": "Deuxième langue étrangère | Second foreign language",
    "arabic_literature": "Littérature arabe | Arabic literature",
    "language_sciences": "Sciences de la langue | Linguistics",
    "translation": "Traduction | Translation",
    # Humanities
    "history_geography": "Histoire-géographie | History and geography",
    "history": "Histoire | History",
    "geography": "Géographie | Geography",
    "civics": "Éducation à la citoyenneté | Civics",
    "philosophy": "Philosophie | Philosophy",
    # Islamic subjects, with those of the original-education streams
    "islamic_education": "Éducation islamique | Islamic education",
    "quran": "Coran | Quran",
    "quran_hadith_sciences": "Sciences du Coran et du hadith | Quran and hadith sciences",
    "tafsir": "Tafsir | Tafsir",
    "hadith": "Hadith | Hadith",
    "tafsir_hadith": "Tafsir et hadith | Tafsir and hadith",
    "fiqh": "Fiqh | Fiqh",
    "usul": "Oussoul al-fiqh | Usul al-fiqh",
    "fiqh_usul": "Fiqh et oussoul | Fiqh and usul",
    "inheritance": "Faraïd | Inheritance law",
    "tawhid": "Tawhid | Tawhid",
    "islamic_thought": "Pensée islamique | Islamic thought",
    "tawhid_islamic_thought": "Tawhid et pensée islamique | Tawhid and Islamic thought",
    "prophetic_biography": "Sira | Life of the Prophet",
    "notarial_practice": "Tawtiq | Notarial practice",
    # Sciences and technology
    "mathematics": "Mathématiques | Mathematics",
    "physics_chemistry": "Physique-chimie | Physics and chemistry",
    "physics": "Physique | Physics",
    "chemistry": "Chimie | Chemistry",
    "life_earth_sciences": "Sciences de la vie et de la Terre | Life and earth sciences",
    "scientific_activity": "Activité scientifique | Science activities",
    "computer_science": "Informatique | Computer science",
    "technology": "Technologie | Technology",
    "engineering_sciences": "Sciences de l'ingénieur | Engineering sciences",
    "electrical_engineering": "Génie électrique | Electrical engineering",
    "mechanical_engineering": "Génie mécanique | Mechanical engineering",
    "civil_engineering": "Génie civil | Civil engineering",
    "chemical_engineering": "Génie chimique | Chemical engineering",
    "electronics": "Électronique | Electronics",
    "electrotechnics": "Électrotechnique | Electrical technology",
    "mechanics": "Mécanique | Mechanics",
    "mechanical_manufacturing": "Fabrication mécanique | Mechanical manufacturing",
    "automation": "Automatique | Automation",
    "technical_drawing": "Dessin technique | Technical drawing",
    "agricultural_sciences": "Sciences agronomiques | Agricultural sciences",
    "plant_animal_sciences": "Sciences végétales et animales | Plant and animal sciences",
    # Economics and management
    "accounting": "Comptabilité et mathématiques financières | Accounting",
    "general_economics_statistics": (
        "Économie générale et statistiques | General economics and statistics"
    ),
    "business_organisation": (
        "Économie et organisation administrative des entreprises"
        " | Economics and business organisation"
    ),
    "economics_management": "Économie et gestion | Economics and management",
    "law": "Droit | Law",
    "management_computing": "Informatique de gestion | Business computing",
    # Arts, sport and school life
    "visual_arts": "Arts plastiques | Visual arts",
    "music_education": "Éducation musicale | Music",
    "theatre": "Théâtre | Drama",
    "applied_arts": "Arts appliqués | Applied arts",
    "art_history": "Histoire de l'art | History of art",
    "artistic_culture": "Culture artistique | Art and culture",
    "physical_education": "Éducation physique et sportive | Physical education",
    "family_education": "Éducation familiale | Home economics",
    "conduct": "Assiduité et conduite | Attendance and conduct",
    "personal_project": "Projet personnel | Personal project",
    # Professional baccalaureate
    "career_discovery": "Découverte des métiers | Career discovery",
    "workplace_training": "Stage en milieu professionnel | Work placement",
    "entrepreneurship": "Entrepreneuriat | Entrepreneurship",
    "communication": "Communication | Communication",
    "commerce": "Commerce | Commerce",
    "marketing": "Marketing | Marketing",
    "occupational_safety": "Santé et sécurité au travail | Health and safety at work",
}

NAMES: Mapping[str, Mapping[str, str]] = {
    identity: dict(zip(("fr", "en"), names.split(" | "), strict=True))
    for identity, names in _TABLE.items()
}
"""The names of every subject by its id, then by the language."""

# Arabic, French, English; then other spellings. The portal is known to write the first; the others
# are the usual parts of languages and mathematics in primary school.
_COMPONENT_TABLE = (
    "معدل الوحدة | Moyenne d'unité | Unit average",
    "القراءة | Lecture | Reading",
    "التراكيب | Grammaire | Grammar | القواعد",
    "الصرف والتحويل | Conjugaison | Conjugation",
    "الإملاء | Dictée | Dictation",
    "الخط | Écriture | Handwriting",
    "التعبير الكتابي | Production écrite | Writing | الإنشاء | Expression écrite",
    "التعبير الشفهي | Expression orale | Speaking | Production orale",
    "الأعداد والحساب | Nombres et calcul | Numbers and arithmetic",
    "الهندسة | Géométrie | Geometry",
    "القياس | Mesure | Measurement",
)

COMPONENTS: tuple[tuple[Mapping[str, str], tuple[str, ...]], ...] = tuple(
    (dict(zip(("ar", "fr", "en"), spellings, strict=False)), tuple(spellings))
    for spellings in (row.split(" | ") for row in _COMPONENT_TABLE)
)
"""The names of each known component of a subject by the language, and every spelling of it."""
