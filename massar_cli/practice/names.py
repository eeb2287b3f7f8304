"""Names in both languages: subjects, levels, schools and places, all generic or invented.

French names come in capitals without accents, as the portal's French pages print them. Pairs of
Arabic and French subject names follow the national curriculum.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One thing's name as the Arabic and as the French pages print it."""

    ar: str
    fr: str

    def said_in(self, language: str) -> str:
        """Give the name as the pages in a language print it."""
        return self.fr if language == "fr" else self.ar


# The trailing blank is the portal's.
CONDUCT = Bilingual("المواظبة و السلوك ", "ASSIDUITE ET CONDUITE ")
ARABIC = Bilingual("اللغة العربية", "LANGUE ARABE")
ARTS = Bilingual("التربية التشكيلية", "ARTS PLASTIQUES")
ENGLISH = Bilingual("اللغة الإنجليزية", "LANGUE ANGLAISE")
FRENCH = Bilingual("اللغة الفرنسية", "LANGUE FRANCAISE")
INFORMATICS = Bilingual("المعلوميات", "INFORMATIQUE")
ISLAMIC_EDUCATION = Bilingual("التربية الإسلامية", "EDUCATION ISLAMIQUE")
LIFE_SCIENCE = Bilingual("علوم الحياة والأرض", "SC. DE LA VIE ET DE LA TERRE")
MATHEMATICS = Bilingual("الرياضيات", "MATHEMATIQUES")
PHILOSOPHY = Bilingual("الفلسفة", "PHILOSOPHIE")
# No-break spaces on purpose: a reader has to take them for spaces.
PHYSICS = Bilingual("الفيزياء\N{NO-BREAK SPACE}والكيمياء", "PHYSIQUE\N{NO-BREAK SPACE}CHIMIE")
SCIENTIFIC_ACTIVITY = Bilingual("النشاط العلمي", "ACTIVITE SCIENTIFIQUE")
SOCIAL_STUDIES = Bilingual("الاجتماعيات", "HISTOIRE GEOGRAPHIE")
SPORT = Bilingual("التربية البدنية", "EDUCATION PHYSIQUE")
TECHNOLOGY = Bilingual("التكنولوجيا", "TECHNOLOGIE")

# Components of primary subjects. "Moyenne d'unité" is the only one ever seen; the others, and
# every Arabic wording, are invented.
UNIT_AVERAGE = Bilingual("معدل الوحدة", "Moyenne d'unité")
READING = Bilingual("القراءة", "Lecture")
GRAMMAR = Bilingual("التراكيب", "Grammaire")
DICTATION = Bilingual("الإملاء", "Dictée")
WRITING = Bilingual("التعبير الكتابي", "Production écrite")

LEVEL_2BAC = Bilingual(
    "السنة الثانية بكالوريا علوم فيزيائية - خيار فرنسية",
    "2ème Année Bac Sciences Physiques - Option Français",
)
LEVEL_1BAC = Bilingual(
    "السنة الأولى بكالوريا علوم تجريبية - خيار فرنسية",
    "1ère Année Bac Sciences Expérimentales - Option Français",
)
LEVEL_TC = Bilingual(
    "الجذع المشترك العلمي - خيار فرنسية", "Tronc Commun Scientifique - Option Français"
)
LEVEL_COLLEGE = {
    3: Bilingual("السنة الثالثة إعدادي - مسار دولي", "3EME ANNEE COLLEGE PARCOURS INTERNATIONAL"),
    2: Bilingual("السنة الثانية إعدادي - مسار دولي", "2EME ANNEE COLLEGE PARCOURS INTERNATIONAL"),
    1: Bilingual("السنة الأولى إعدادي - مسار دولي", "1ERE ANNEE COLLEGE PARCOURS INTERNATIONAL"),
}
LEVEL_PRIMARY = {
    6: Bilingual("السنة السادسة ابتدائي", "6EME ANNEE PRIMAIRE"),
    5: Bilingual("السنة الخامسة ابتدائي", "5EME ANNEE PRIMAIRE"),
    4: Bilingual("السنة الرابعة ابتدائي", "4EME ANNEE PRIMAIRE"),
    3: Bilingual("السنة الثالثة ابتدائي", "3EME ANNEE PRIMAIRE"),
}

LYCEE = Bilingual("ثانوية التدريب التأهيلية", "LYCEE QUALIFIANT DE DEMONSTRATION")
COLLEGE = Bilingual("ثانوية التمرين الإعدادية", "LYCEE COLLEGIAL DE L EXERCICE")
PRIMARY = Bilingual("مدرسة المثال الابتدائية", "ECOLE DE L EXEMPLE")

ACADEMY = Bilingual("أكاديمية التدريب", "Académie de démonstration")
DIRECTORATE = Bilingual("إقليم: التمرين", "Province: Exemple")
BIRTHPLACE = Bilingual("مدينة المثال", "VILLE EXEMPLE")
GIRL = Bilingual("أنثى", "Fille")
BOY = Bilingual("ذكر", "Garçon")
