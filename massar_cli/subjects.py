"""The subjects of the national curriculum: one stable id for every spelling of a subject.

The portal writes a subject in Arabic, or in French in capitals without accents and at times
abbreviated. The portal vocabulary confirms only the common subjects; the rest of the table follows
the curriculum of primary, lower secondary and all baccalaureate streams. A spelling that is not
listed has no id: nothing is guessed.
"""

from collections.abc import Mapping
from functools import cache

from massar_cli.folding import fold
from massar_cli.subject_names import COMPONENTS, NAMES

# Arabic spellings, then French ones, the usual one first. Case, accents, hamza, final ta marbuta,
# punctuation and a detached waw do not matter; a missing article or "et" does.
_TABLE = {
    # Languages
    "arabic": "اللغة العربية | العربية | LANGUE ARABE | ARABE | L. ARABE",
    "french": "اللغة الفرنسية | الفرنسية | LANGUE FRANCAISE | FRANCAIS | L. FRANCAISE",
    "english": (
        "اللغة الإنجليزية | الإنجليزية | اللغة الإنكليزية | LANGUE ANGLAISE | ANGLAIS | L. ANGLAISE"
    ),
    "spanish": "اللغة الإسبانية | الإسبانية | LANGUE ESPAGNOLE | ESPAGNOL | L. ESPAGNOLE",
    "german": "اللغة الألمانية | الألمانية | LANGUE ALLEMANDE | ALLEMAND | L. ALLEMANDE",
    "italian": "اللغة الإيطالية | الإيطالية | LANGUE ITALIENNE | ITALIEN | L. ITALIENNE",
    "portuguese": "اللغة البرتغالية | البرتغالية | LANGUE PORTUGAISE | PORTUGAIS",
    "russian": "اللغة الروسية | الروسية | LANGUE RUSSE | RUSSE",
    "chinese": "اللغة الصينية | الصينية | LANGUE CHINOISE | CHINOIS",
    "amazigh": (
        "اللغة الأمازيغية | الأمازيغية"
        " | LANGUE AMAZIGHE | AMAZIGHE | LANGUE AMAZIGH | AMAZIGH | TAMAZIGHT"
    ),
    "first_foreign_language": (
        "اللغة الأجنبية الأولى"
        " | PREMIERE LANGUE ETRANGERE | 1ERE LANGUE ETRANGERE | LANGUE ETRANGERE 1"
    ),
    "second_foreign_language": (
        "اللغة الأجنبية الثانية"
        " | DEUXIEME LANGUE ETRANGERE | 2EME LANGUE ETRANGERE | LANGUE ETRANGERE 2"
    ),
    "arabic_literature": "الأدب | الأدب العربي | LITTERATURE ARABE",
    "language_sciences": (
        "علوم اللغة | علوم اللغة العربية"
        " | SCIENCES DU LANGAGE | SCIENCES DE LA LANGUE | SC. DE LA LANGUE"
    ),
    "translation": "الترجمة | TRADUCTION",
    # Humanities
    "history_geography": (
        "الاجتماعيات | التاريخ والجغرافيا | التاريخ والجغرافية | الدراسات الاجتماعية"
        " | التاريخ والجغرافيا والتربية على المواطنة"
        " | HISTOIRE GEOGRAPHIE | HISTOIRE ET GEOGRAPHIE | HIST. GEO. | HIST. ET GEO."
        " | ETUDES SOCIALES | HISTOIRE GEOGRAPHIE ET EDUCATION A LA CITOYENNETE"
    ),
    "history": "التاريخ | HISTOIRE",
    "geography": "الجغرافيا | الجغرافية | GEOGRAPHIE",
    "civics": (
        "التربية على المواطنة | التربية المدنية | التربية الوطنية"
        " | EDUCATION A LA CITOYENNETE | EDUCATION CIVIQUE | INSTRUCTION CIVIQUE"
    ),
    "philosophy": (
        "الفلسفة | الفلسفة والفكر الإسلامي | PHILOSOPHIE | PHILOSOPHIE ET PENSEE ISLAMIQUE"
    ),
    # Islamic subjects, with those of the original-education streams
    "islamic_education": (
        "التربية الإسلامية"
        " | INSTRUCTION ISLAMIQUE | EDUCATION ISLAMIQUE | ED. ISLAMIQUE | INSTR. ISLAMIQUE"
    ),
    "quran": "القرآن الكريم | القرآن | CORAN | SAINT CORAN | LE SAINT CORAN",
    "quran_hadith_sciences": (
        "علوم القرآن والحديث | SCIENCES DU CORAN ET DU HADITH | SC. DU CORAN ET DU HADITH"
    ),
    "tafsir": "التفسير | TAFSIR | EXEGESE",
    "hadith": "الحديث | الحديث الشريف | HADITH",
    "tafsir_hadith": "التفسير والحديث | TAFSIR ET HADITH | EXEGESE ET HADITH",
    "fiqh": "الفقه | FIQH",
    "usul": "الأصول | أصول الفقه | OUSSOUL | OUSSOUL AL FIQH | OUSOUL AL FIQH",
    "fiqh_usul": (
        "الفقه والأصول | الفقه وأصوله | FIQH ET OUSSOUL | FIQH ET OUSOUL | FIQH ET SES FONDEMENTS"
    ),
    "inheritance": "الفرائض | علم الفرائض | FARAID",
    "tawhid": "التوحيد | TAWHID",
    "islamic_thought": "الفكر الإسلامي | PENSEE ISLAMIQUE",
    "tawhid_islamic_thought": "التوحيد والفكر الإسلامي | TAWHID ET PENSEE ISLAMIQUE",
    "prophetic_biography": "السيرة النبوية | السيرة | SIRA | BIOGRAPHIE DU PROPHETE",
    "notarial_practice": "التوثيق | TAWTIQ",
    # Sciences and technology
    "mathematics": "الرياضيات | MATHEMATIQUES | MATHEMATIQUE | MATHS",
    "physics_chemistry": (
        "الفيزياء والكيمياء | العلوم الفيزيائية | العلوم الفيزيائية والكيميائية"
        " | PHYSIQUE CHIMIE | PHYSIQUE ET CHIMIE | SCIENCES PHYSIQUES | SC. PHYSIQUES"
    ),
    "physics": "الفيزياء | PHYSIQUE",
    "chemistry": "الكيمياء | CHIMIE",
    "life_earth_sciences": (
        "علوم الحياة والأرض | العلوم الطبيعية"
        " | SC. DE LA VIE ET DE LA TERRE | SCIENCES DE LA VIE ET DE LA TERRE | SVT | S.V.T"
        " | SCIENCE DE LA VIE ET DE LA TERRE | SCIENCES NATURELLES | SC. NATURELLES"
    ),
    "scientific_activity": (
        "النشاط العلمي | الأنشطة العلمية"
        " | ACTIVITE SCIENTIFIQUE | ACTIVITES SCIENTIFIQUES | EVEIL SCIENTIFIQUE"
    ),
    "computer_science": "المعلوميات | الإعلاميات | INFORMATIQUE",
    "technology": "التكنولوجيا | التكنولوجيا الصناعية | TECHNOLOGIE | TECHNOLOGIE INDUSTRIELLE",
    "engineering_sciences": (
        "علوم المهندس"
        " | SCIENCES DE L'INGENIEUR | SC. DE L'INGENIEUR | SCIENCES DES INGENIEURS"
        " | SCIENCES D'INGENIEUR | SCIENCES INGENIEUR"
    ),
    "electrical_engineering": "الهندسة الكهربائية | GENIE ELECTRIQUE",
    "mechanical_engineering": "الهندسة الميكانيكية | GENIE MECANIQUE",
    "civil_engineering": "الهندسة المدنية | GENIE CIVIL",
    "chemical_engineering": "الهندسة الكيميائية | GENIE CHIMIQUE",
    "electronics": "الإلكترونيك | الإلكترونيات | ELECTRONIQUE",
    "electrotechnics": "الكهروتقنية | ELECTROTECHNIQUE",
    "mechanics": "الميكانيك | الميكانيكا | MECANIQUE",
    "mechanical_manufacturing": "التصنيع الميكانيكي | FABRICATION MECANIQUE",
    "automation": "الآليات | الأتمتة | AUTOMATIQUE | AUTOMATISME | AUTOMATISMES",
    "technical_drawing": "الرسم التقني | الرسم الصناعي | DESSIN TECHNIQUE | DESSIN INDUSTRIEL",
    "agricultural_sciences": (
        "العلوم الزراعية | العلوم الفلاحية"
        " | SCIENCES AGRONOMIQUES | SCIENCES AGRICOLES | SC. AGRONOMIQUES | SC. AGRICOLES"
    ),
    "plant_animal_sciences": (
        "العلوم النباتية والحيوانية | SCIENCES VEGETALES ET ANIMALES | SC. VEGETALES ET ANIMALES"
    ),
    # Economics and management
    "accounting": (
        "المحاسبة والرياضيات المالية | المحاسبة"
        " | COMPTA. ET MATHS. FINANCIERES | COMPTABILITE ET MATHEMATIQUES FINANCIERES"
        " | COMPTABILITE ET MATHS FINANCIERES | COMPTABILITE"
    ),
    "general_economics_statistics": (
        "الاقتصاد العام والإحصاء | الاقتصاد العام والإحصائيات"
        " | ECO. GENERALE ET STATISTIQUES | ECONOMIE GENERALE ET STATISTIQUES"
        " | ECO. GENERALE ET STATISTIQUE | ECONOMIE GENERALE ET STATISTIQUE"
    ),
    "business_organisation": (
        "الاقتصاد والتنظيم الإداري للمقاولات | الاقتصاد والتنظيم الإداري للمقاولة"
        " | الاقتصاد والتنظيم الإداري"
        " | ECO. ET ORG. ADMIN. ENTREPRISE | ECONOMIE ET ORGANISATION DES ENTREPRISES"
        " | ECONOMIE ET ORGANISATION ADMINISTRATIVE DES ENTREPRISES | EOAE"
    ),
    "economics_management": (
        "الاقتصاد والتدبير"
        " | ECONOMIE ET GESTION | ECONOMIE GESTION | SCIENCES ECONOMIQUES ET GESTION"
    ),
    "law": "القانون | DROIT",
    "management_computing": (
        "معلوميات التدبير | إعلاميات التدبير | INFORMATIQUE DE GESTION | INFO. DE GESTION"
    ),
    # Arts, sport and school life
    "visual_arts": (
        "التربية التشكيلية | التربية الفنية | الفنون التشكيلية | التربية الفنية والتشكيلية"
        " | ARTS PLASTIQUES | EDUCATION PLASTIQUE | EDUCATION ARTISTIQUE | ED. ARTISTIQUE"
    ),
    "music_education": "التربية الموسيقية | الموسيقى | EDUCATION MUSICALE | MUSIQUE",
    "theatre": "المسرح | التربية المسرحية | THEATRE | EDUCATION THEATRALE",
    "applied_arts": "الفنون التطبيقية | ARTS APPLIQUES",
    "art_history": "تاريخ الفن | تاريخ الفنون | HISTOIRE DE L'ART | HISTOIRE DES ARTS",
    "artistic_culture": "الثقافة الفنية | CULTURE ARTISTIQUE",
    "physical_education": (
        "التربية البدنية | التربية البدنية والرياضية | التربية البدنية والرياضة"
        " | EDUCATION PHYSIQUE | EDUCATION PHYSIQUE ET SPORTIVE | EPS | E.P.S"
        " | ED. PHYSIQUE | ED. PHYSIQUE ET SPORTIVE"
    ),
    "family_education": "التربية الأسرية | EDUCATION FAMILIALE | ECONOMIE FAMILIALE",
    "conduct": (
        "المواظبة والسلوك | السلوك والمواظبة | ASSIDUITE ET CONDUITE | CONDUITE ET ASSIDUITE"
    ),
    "personal_project": (
        "المشروع الشخصي | المشروع الشخصي للتلميذ | المشروع الشخصي للمتعلم"
        " | PROJET PERSONNEL | PROJET PERSONNEL DE L'ELEVE | PROJET PERSONNEL DE L'APPRENANT"
    ),
    # Professional baccalaureate
    "career_discovery": "اكتشاف المهن | DECOUVERTE DES METIERS | DECOUVERTE PROFESSIONNELLE",
    "workplace_training": (
        "التدريب في الوسط المهني | التدريب المهني"
        " | STAGE EN MILIEU PROFESSIONNEL | FORMATION EN MILIEU PROFESSIONNEL"
    ),
    "entrepreneurship": (
        "ريادة الأعمال | ثقافة المقاولة"
        " | ENTREPRENEURIAT | CULTURE ENTREPRENEURIALE | CULTURE D'ENTREPRISE"
    ),
    "communication": "التواصل | التواصل المهني | COMMUNICATION | COMMUNICATION PROFESSIONNELLE",
    "commerce": "التجارة | COMMERCE",
    "marketing": "التسويق | MARKETING",
    "occupational_safety": (
        "الصحة والسلامة المهنية | الوقاية والسلامة"
        " | HYGIENE ET SECURITE | SANTE ET SECURITE AU TRAVAIL"
    ),
}

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    identity: tuple(spellings.split(" | ")) for identity, spellings in _TABLE.items()
}
"""The spellings of every subject by its id, Arabic before French."""

_MOST_NEAR = 3
# What people type and the portal does not print: for `matches_subject` alone. Much of it is Arabic
# in the Latin letters of a French keyboard, which everyone spells in a way of their own.
_SHORT_NAMES = {
    "arabic": "arabiya | arabia | 3arabia | 3arbia",
    "french": "faransiya | faransia | fransawiya | fransiya",
    "english": "injliziya | injlizia | ingliziya | inglizia | njlizia",
    "spanish": "isbaniya | isbania | sbania",
    "german": "almaniya | almania",
    "amazigh": "amazighiya | amazighia",
    "translation": "tarjama",
    "history_geography": "ijtimaiyat | ijtima3iyat | histgeo | tarikh wa joghrafia",
    "history": "tarikh",
    "geography": "joghrafia | jografia",
    "civics": "tarbia wataniya | tarbia madaniya | mowatana",
    "philosophy": "falsafa | philo",
    "islamic_education": "tarbia islamia | tarbiya islamiya | islamiyat",
    "quran": "qoran | koran",
    "mathematics": "riyadiyat | ryadiyat",
    "physics_chemistry": "pc | fizya | fizia | fizyaa wa kimyaa | kimia",
    "physics": "fizya | fizia",
    "chemistry": "kimia | kimya",
    "life_earth_sciences": "olom | oloum al hayat | olom al hayat | 3olom | tabi3iyat",
    "scientific_activity": "nachat ilmi | nachat 3ilmi",
    "computer_science": "maalomiyat | ma3lomiyat | info",
    "technology": "teknolojia",
    "engineering_sciences": "si | oloum al mohandis",
    "accounting": "mohasaba",
    "economics_management": "iqtisad",
    "general_economics_statistics": "iqtisad",
    "law": "qanoun | kanoun",
    "visual_arts": "tarbia tachkilia | tachkilia | dessin",
    "music_education": "mosiqa | tarbia mosiqia",
    "physical_education": "sport | badania | tarbia badania | riyada",
    "family_education": "tarbia osaria",
    "conduct": "solouk | mowadaba",
}


def subject_id(name: str) -> str | None:
    """Return the stable id of the subject that the portal calls `name`, None when it is unknown.

    >>> subject_id("MATHEMATIQUES"), subject_id("المواظبة و السلوك "), subject_id("الإجتماعيات")
    ('mathematics', 'conduct', 'history_geography')
    >>> subject_id("MATHEMATIQUES 2") is None
    True
    """
    return _index().get(_key(name))


def subject_name(identity: str, language: str) -> str | None:
    """Return what a subject is called in `ar`, `fr` or `en`, None for an id that is not listed.

    >>> [subject_name("mathematics", language) for language in ("ar", "fr", "en")]
    ['الرياضيات', 'Mathématiques', 'Mathematics']
    """
    if identity not in SUBJECTS:
        return None
    return SUBJECTS[identity][0] if language == "ar" else NAMES[identity][language]


def component_name(text: str, language: str) -> str | None:
    """Return what a component is called in `ar`, `fr` or `en`, None for one that is not known.

    It may be a subject of its own elsewhere, as history is of history and geography.

    >>> [component_name("Moyenne d'unité", language) for language in ("ar", "fr", "en")]
    ['معدل الوحدة', "Moyenne d'unité", 'Unit average']
    >>> component_name("التاريخ", "fr"), component_name("Partie 1", "en")
    ('Histoire', None)
    """
    names = _components().get(_key(text))
    if names is not None:
        return names[language]
    identity = subject_id(text)
    return subject_name(identity, language) if identity else None


def matches_subject(query: str, *, subject_id: str | None, name: str) -> bool:
    """Tell whether `query` is a part of the subject's id, of anything it is called, or of `name`.

    `name` is the portal's own text, which is all there is when `subject_id` is None. An empty
    query matches every subject.

    >>> matches_subject("maths", subject_id="mathematics", name="الرياضيات")
    True
    >>> matches_subject("maths", subject_id="french", name="LANGUE FRANCAISE")
    False
    """
    wanted = _key(query)
    return wanted in _key(name) or any(wanted in known for known in _known_as(subject_id or ""))


def nearest_subjects(query: str, subjects: Mapping[str, str | None]) -> list[str]:
    """Return those of `subjects`, the portal's text to the id, that `query` nearly names.

    >>> nearest_subjects("maht", {"الرياضيات": "mathematics", "الفيزياء": None})
    ['الرياضيات']
    """
    from difflib import get_close_matches

    names = {
        known: subject
        for subject, identity in subjects.items()
        for known in (_key(subject), *_known_as(identity or ""))
    }
    near = get_close_matches(_key(query), names, n=_MOST_NEAR)
    return list(dict.fromkeys(names[known] for known in near))


def _key(text: str) -> str:
    """Fold `text` and tie a waw that stands alone to the word after it."""
    return f" {fold(text)}".replace(" و ", " و").removeprefix(" ")


@cache
def _index() -> dict[str, str]:
    """Map the key of every spelling to its subject's id; built at the first look-up."""
    return {
        _key(spelling): identity
        for identity, spellings in SUBJECTS.items()
        for spelling in spellings
    }


@cache
def _components() -> dict[str, Mapping[str, str]]:
    return {_key(spelling): names for names, spellings in COMPONENTS for spelling in spellings}


@cache
def _known_as(identity: str) -> tuple[str, ...]:
    """Return the keys of all that a subject is called, its id in words among them."""
    names = NAMES.get(identity, {}).values()
    short_names = _SHORT_NAMES.get(identity, identity).split(" | ")
    return tuple(map(_key, (identity, *SUBJECTS.get(identity, ()), *names, *short_names)))
