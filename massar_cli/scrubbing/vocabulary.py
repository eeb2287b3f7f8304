"""The words that may stay on a page: those of the portal and of every school, and no others.

Most are the program's own vocabularies; what pages say besides is listed here. A word is looked up
after folding, with an Arabic article or joining letter or without, and in the singular.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from massar_cli import dates, subjects
from massar_cli.folding import fold
from massar_cli.portal import headings, listing_headings, page_words
from massar_cli.scrubbing.names import is_personal

_ARABIC = """
في من إلى الى عن مع قبل بعد بين حتى عند أو و لا لم ليس هل قد كل هذا هذه ذلك التي الذي هو هي أي غير
السنة سنة السنوات الدراسية الدراسي الموسم المدرسي المدرسية الدورة دورة الأسدس أسدس الأولى الثانية
الأول الثاني الثالث الرابع الخامس السادس الثالثة الرابعة الخامسة السادسة أول ثان المستوى المستويات
القسم قسم الأقسام الفصل المؤسسة مؤسسة المؤسسات الثانوية ثانوية الإعدادية إعدادية إعدادي الإعدادي
التأهيلي التأهيلية تأهيلية تأهيلي ابتدائي الابتدائي الابتدائية ابتدائية مدرسة المدرسة ثانوي السلك
سلك الجذع المشترك جذع مشترك البكالوريا بكالوريا باكالوريا الباكالوريا باك مسلك المسلك مسالك
المسالك شعبة الشعبة الشعب خيار علوم العلوم علمي العلمي تجريبية التجريبية رياضية فيزيائية آداب
الآداب أدبي الأدبي إنسانية الإنسانية فرنسية الفرنسية إنجليزية عربية دولي دولية مسار المسار
الأكاديمية أكاديمية الجهوية للتربية والتكوين التربية التكوين المديرية مديرية الإقليمية إقليم
الإقليم إقليمية عمالة العمالة الجهة جهة وزارة الوزارة الوطنية المملكة المغربية التعليم الأولي
والرياضة المادة مادة المواد المعامل معامل النقطة نقطة النقط نقط المعدل معدل المعدلات العام عام
السنوي سنوي المراقبة المستمرة المراقبات الفرض فرض الفروض فروض المحروسة محروس محروسة الأنشطة أنشطة
المندمجة مندمجة الامتحان امتحان الامتحانات الموحد موحد الجهوي الوطني المحلي الاختبار التقويم أعلى
أدنى متوسط عدد التلاميذ تلاميذ التلميذ التلميذة تلميذ تلميذة بيان النتائج نتائج النتيجة نتيجة
القرار قرار ناجح ناجحة راسب راسبة مكرر مكررة ينتقل تنتقل يكرر تكرر منقول منقولة مفصول موجه ينجح
استدراك مقبول مستحسن حسن جدا متوسطة ميزة الميزة تنويه تشجيع إنذار توبيخ لوحة الشرف غائب غائبة
متغيب متغيبة معفى معفاة معفي إعفاء الغياب غياب الغيابات غيابات التغيب التغيبات تغيبات التأخر
التأخرات تأخر تأخرات متأخر مبرر مبررة المبرر مبررة مبررات التبرير تبرير الحضور حضور حاضر المواظبة
والسلوك السلوك سلوك الحصة حصة حصص الحصص الساعات ساعات ساعة الساعة دقيقة دقائق الدقائق المدة مدة
نصف يوم كامل صباحا مساء الصباحية المسائية الفترة فترة زوالا اليوم الأيام أيام الأسبوع أسبوع أسبوعي
أسبوعية شهر الشهر التاريخ تاريخ بتاريخ ابتداء غاية الواجب واجب الواجبات واجبات المنزلية منزلية
منزلي دفتر النصوص نصوص تمرين تمارين التمارين التمرين صفحة الصفحة الصفحات صفحات رقم الرقم درس الدرس
الدروس دروس إنجاز الإنجاز التسليم تسليم آخر أجل الأجل استعمال الزمن زمن جدول الجدول القاعة قاعة
الحجرة الأستاذ الأستاذة أستاذ أستاذة الأساتذة الرسائل رسائل رسالة الرسالة إعلان الإعلان الإعلانات
إعلانات إشعار الإشعار الإشعارات بلاغ المرسل الموضوع موضوع العنوان عنوان النص المحتوى المرفقات مرفق
المرفق ملف الملف الملفات تحميل تنزيل عرض طباعة مقروء مقروءة جديد جديدة المزيد التفاصيل تفاصيل
قراءة الوثائق وثائق الوثيقة وثيقة الشواهد شواهد شهادة الشهادة الشهادات المدرسية استدعاء الاستدعاء
الاستدعاءات متوفر متوفرة التوجيه توجيه الرغبات رغبات الرغبة رغبة الاختيار اختيار الاختيارات
الترتيب ترتيب الرتبة بطاقة المشروع الشخصي شخصي مشروع مشروعي للتوجيه المعلومات معلومات معلوماتي
البيانات بيانات الشخصية شخصية الاسم الإسم النسب الكامل العائلي اللقب الجنس ذكر أنثى الازدياد
ازدياد الميلاد مكان المكان محل العنوان الهاتف هاتف البريد الإلكتروني الولي ولي أمر الأمر الأب الأم
الوصي رمز الرمز مسار الوطني كود الحساب حساب حسابي تسجيل الدخول الخروج خروج دخول كلمة المرور السر
المستخدم مستخدم تغيير تعديل تأكيد حفظ إلغاء إرسال بحث البحث اختر اختيار إغلاق فتح العودة رجوع
السابق السابقة التالي التالية الأخير الأخيرة القائمة قائمة لائحة اللائحة الرئيسية رئيسية الاستقبال
مرحبا أهلا بك بكم مرحبا السلام عليكم فضاء الفضاء خدمات الخدمات خدمة خدماتي التمدرس تمدرس تتبع
التتبع الموارد الرقمية المساعدة مساعدة المستجدات الاتصال اتصل بنا حول اللغة العربية جميع الحقوق
محفوظة النسخة الإصدار بوابة البوابة منصة المنصة تعليمية توجد يوجد لديك لديكم أية نتيجة عناصر
معطيات المعطيات البيانات متاحة متاح حاليا بعد تم يتم تتم تمت خطأ حدث أثناء تنفيذ العملية المرجو
المرجوا يرجى إعادة المحاولة لاحقا إدخال الحالة حالة الوضعية وضعية النوع نوع ملاحظة ملاحظات
الملاحظات السبب سبب مبرر نعم المجموع مجموع الإجمالي قيد الانتظار الانتظار مصادق مرفوض مرفوضة
مقبولة معالجة الطور منجز منجزة ملغى مبرمج مبرمجة مؤجل العطل عطلة العطلة الأطفال الأبناء أبنائي
الأسرة المتابعة متابعة ملخص
"""
_FRENCH = """
le la les l un une des de du d et ou où au aux en dans par pour sur sous avec sans entre est sont
a à ce cet cette ces son sa ses votre vos notre nos mon ma mes qui que qu n ne pas plus moins non
oui il y s c se vous nous être avoir été ont avez tout tous toute toutes autre autres aucun aucune
année années scolaire scolaires scolarité semestre semestres session sessions trimestre période
premier première deuxième second seconde troisième quatrième cinquième sixième er ère ere ème eme
re nd niveau niveaux classe classes section groupe établissement établissements école écoles lycée
collège lycées collégial collégiale qualifiant qualifiante primaire secondaire cycle tronc commun
bac baccalauréat filière filières branche série option options sciences science lettres
mathématiques physiques expérimentales humaines économiques technologies français française
francais arabe anglais anglaise international internationale parcours académie régionale direction
provinciale délégation province préfecture région ministère royaume maroc éducation nationale
formation aref matière matières discipline composant composante coefficient coefficients coef note
notes moyenne moyennes générale général annuelle annuel contrôle contrôles controls continu
continus continue continues examen examens épreuve épreuves évaluation évaluations devoir devoirs
surveillé surveillés activité activités intégrée intégrées normalisé unifié régional national
local max min maximale minimale maximum minimum nombre élève élèves eleve eleves bulletin
bulletins relevé relevés résultat résultats décision décisions admis admise ajourné ajournée
redouble redoublant redoublante réorienté exclu rattrapage passage passe mention passable bien
très assez excellent félicitations encouragements tableau honneur rang classement appréciation
appréciations unité absent absente abs dispensé dispensée disp dispense exempté exemptée absence
absences retard retards présence présent présente assiduité conduite justifié justifiée justifiés
justifiées justification justifications justificatif justificatifs motif motifs séance séances
heure heures minute minutes mn h hs durée journée demi demie entière matin matinée après midi soir
jour jours semaine semaines hebdomadaire mois date dates début fin maison domicile cahier texte
textes travail travaux faire rendre exercice exercices page pages numéro num no cours leçon
chapitre remise échéance limite publié publiée publication donné emploi emplois temps horaire
horaires salle salles enseignant enseignante enseignants professeur professeurs prof récréation
pause message messages messagerie annonce annonces avis communiqué notification notifications
expéditeur objet sujet titre contenu corps pièce pièces jointe jointes fichier fichiers
télécharger téléchargement télécharge afficher imprimer voir lire lu lue lus nouveau nouvelle
nouveaux détail détails suite document documents attestation attestations certificat certificats
convocation convocations disponible disponibles indisponible délivré orientation réorientation
voeu voeux vœu vœux choix souhait souhaits fiche projet personnel personnelle information
informations infos info donnée données nom prénom prénoms complet sexe genre garçon fille masculin
féminin naissance lieu adresse téléphone tél tel e mail email courriel tuteur tutrice père mère
parent parents code massar cne cin identifiant identifiants profil compte connexion déconnexion
connecter déconnecter mot secret utilisateur changer changement modifier modification valider
validation enregistrer annuler envoyer ajouter supprimer rechercher recherche choisir sélectionner
sélectionnez choisissez fermer ouvrir retour précédent précédente suivant suivante dernier
dernière menu liste accueil bienvenue bonjour bonsoir salut espace service services suivi mes
consulter consultation ressources numériques aide contact propos langue droits réservés version
copyright portail plateforme tableau bord navigation basculer trouvé trouvée enregistré
enregistrée élément éléments article articles afficher moment actuellement erreur survenue
opération veuillez réessayer ultérieurement saisir obligatoire accès autorisé autorisée statut
état situation type types nature remarque remarques observation observations total totaux somme
attente cours traitement traité accepté acceptée refusé refusée validé validée planifié planifiée
programmé programmée reporté reportée annulé annulée terminé terminée vacances enfants enfant
enseignement activer historique synthèse résumé récapitulatif
"""
_ENGLISH = """
the of to and or no not in on is are there items item display loading menu home page pages next
previous first last search close open back error massarservice massar login logout sign out home
toggle navigation copyright all rights reserved version subject grade grades class level school
year semester average date time student name first last code ar fr en html utf text charset get
set index list details detail view show download file files general dashboard account logoff
setculture culture tuteur tuteureleves tuteureleve geteleve getnoteseleve getbulletins
getscolariteeleve getinfoeleve moutamadris waliye massarservice pdf doc docx xls xlsx png jpg id
annee idsession session grid selectedannee selectedsession requestverificationtoken codeeleve
perso modifier maj operateur opérateur iam orange inwi chart graphique enfant getinfo user users
"""
_FEMININE = re.compile(r"(?<=\w{3})(?:ees|ee|es|e|s|x)$")
_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ب", "ل")
_LEAST_STEM = {"و": 4, "ب": 4, "ل": 4}
_IN_PARENTHESES = re.compile(r"[()\[\]{}<>*|]")
_ENDINGS = ("", "s", "e", "es", "ات")


@lru_cache(maxsize=8192)
def is_portal_word(word: str) -> bool:
    """Whether a word is one of the portal's or of every school's, and so tells of nobody.

    >>> [is_portal_word(word) for word in ("Moyenne", "ÉLÈVES", "والغياب", "الغــياب")]
    [True, True, True, True]
    >>> [is_portal_word(word) for word in ("Moyenna", "سلمى", "médical", "الطبية", "حياة")]
    [False, False, False, False, False]
    """
    key = fold(word)
    if not key or " " in key or is_personal(key):
        return False
    words = portal_words()
    if key in words:
        return True
    if key.isascii():
        return _FEMININE.sub("", key) in words and not is_personal(_FEMININE.sub("", key))
    return any(_is_stem(stem) for stem in _stems(key))


def is_portal_text(text: str) -> bool:
    """Whether the whole of a text is known as it is: a subject, a heading, an answer.

    >>> is_portal_text("علوم الحياة والأرض"), is_portal_text("حياة")
    (True, False)
    """
    key = fold(text)
    return " " in key and key in _portal_texts()


def _stems(key: str) -> Iterator[str]:
    for prefix in _PREFIXES:
        stem = key.removeprefix(prefix)
        if stem != key and len(stem) >= _LEAST_STEM.get(prefix, 3):
            yield stem
            yield f"ال{stem}"
    yield f"ال{key}"


def _is_stem(stem: str) -> bool:
    return stem in portal_words() and not is_personal(stem)


@cache
def portal_words() -> frozenset[str]:
    """Return every word of the list, folded."""
    words: set[str] = set()
    for text in (_ARABIC, _FRENCH, _ENGLISH):
        words |= {fold(word) for word in text.split()}
    for text in _texts():
        words |= set(fold(_IN_PARENTHESES.sub(" ", text)).split())
    for phrases in (page_words.LABELS, page_words.VAGUE_LABELS, page_words.FILLING):
        words |= set(_phrase_words(phrases.words()))
    for phrases in (page_words.ADDRESSES, page_words.VAGUE_ADDRESSES):
        words |= set(_phrase_words(phrases.words()))
    return frozenset(
        word for word in words if not word.isdigit() and word and not is_personal(word)
    )


def _phrase_words(patterns: Iterable[str]) -> Iterator[str]:
    """Yield the words of phrases; for one that stands for many, the usual ones."""
    for pattern in patterns:
        stem = pattern.removesuffix("*")
        if stem == pattern:
            yield stem
        else:
            yield from (stem + ending for ending in _ENDINGS)


@cache
def _portal_texts() -> frozenset[str]:
    return frozenset(key for text in _texts() if not is_personal(key := fold(text)) and " " in key)


def _texts() -> Iterator[str]:
    """Yield what the program knows of the portal's own words, as pages write it."""
    for spellings in subjects.SUBJECTS.values():
        yield from spellings
    yield from headings.known_texts()
    for kind in listing_headings.ALL:
        yield from kind.texts()
    for _day, names in dates.WEEKDAYS:
        yield from names
    for names in dates.MONTHS:
        yield from names
