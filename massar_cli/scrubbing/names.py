"""Words that are never taken for the portal's own: common names, and reasons of a personal kind.

A first name may also be a word that pages use (`حياة`, `ربيع`, `على`), so names win. The list need
not be whole: a name that is no portal word is replaced anyway.
"""

from functools import cache

from massar_cli.folding import fold

_NAMES = """
محمد أحمد علي على حسن حسين يوسف إبراهيم إسماعيل عمر عثمان خالد سعيد سعد كريم رشيد مصطفى عبد الله
حمزة ياسين ياسر أيوب زكرياء زكريا آدم إلياس أنس عماد هشام نبيل فؤاد جمال كمال جلال بلال طارق عادل
عزيز مراد منير منصور مهدي أمين أيمن أسامة إدريس ادريس سفيان سليمان صلاح طه عبدو فهد فيصل فريد قاسم
لطفي مالك مروان معاذ ناصر نادر نورالدين هارون هيثم وليد يحيى يونس زياد زيد ريان رضا رضوان ربيع
رمضان شعبان رجب شريف صابر صالح صادق صديق طيب غيث فتحي فوزي كامل محسن محمود مختار مسعود معتصم ميلود
نجيب نعيم وسيم سمير سامي سالم شكري توفيق بدر بشير باسم أنور أكرم أشرف أمجد إسلام إيهاب جواد حاتم
حكيم حميد خليل داود رفيق زهير سيف شهاب عارف عاطف عاصم علاء عمران غسان فارس فضل لقمان ماجد ماهر
مجيد مبارك نزار هاني هادي وائل ياسمين مريم فاطمة خديجة عائشة زينب سلمى سارة نور أمل آية إيمان
إكرام إحسان أسماء أميرة أمينة أنيسة بشرى بثينة جميلة جهاد حفصة حليمة حنان حياة خولة دعاء دنيا
رانيا رباب رجاء رقية ريم زهرة زهراء سعاد سعيدة سلوى سمية سميرة سناء سهام سهى شيماء صباح صفاء ضحى
عبير عفاف غزلان غيثة فرح فردوس فدوى فوزية كوثر كنزة لبنى لطيفة ليلى لينا مليكة ملاك منى منال مها
ميساء نادية ناجية نجاة نجاح نجلاء نرجس نعيمة نهى نوال هاجر هبة هدى هناء هند وداد وسام وصال وفاء
وئام يسرى يقين جنى جنان حسناء حسنى رحمة رحاب رغد رفيقة رنا روان سكينة شروق عتيقة عزيزة فتيحة كريمة
مارية مروة ندى نهاد نزهة هالة وجدان ياسمينة إلهام إبتسام ابتسام إيناس أحلام أنوار بسمة تسنيم جيهان
حورية خلود راوية سندس شفاء صوفيا عبلة غادة فاتن فضيلة لمياء ماجدة مجد مجدي نسرين نسيم وردة زين
عدنان بهاء ضياء لؤي العربي المهدي المختار الحسن الحسين الطيب الطاهر المعطي الجيلالي الصديق العياشي
الشرقي البشير الشريف الكريم الهاشمي المكي المدني الإدريسي العلوي الفاسي بناني التازي العلمي
الناصري mohamed mohammed ahmed ali hassan hassane houssine hussein youssef yousef ibrahim brahim
ismail omar othmane khalid khaled said saad karim rachid mustapha mostafa abdellah abdou hamza
yassine yassin yasser ayoub zakaria adam ilyas elias anas imad hicham nabil fouad jamal kamal
jalal bilal tarik adil aziz mourad mounir mansour mehdi amine ayman oussama driss idriss soufiane
soulaiman salah taha fahd faycal farid kacem malik marwane marouane mouad nasser nader haroun
walid yahya younes ziad rayan reda redouane rabii ramadan charif cherif saber salah sadik taib
tayeb fathi mohcine mahmoud mokhtar najib naim wassim samir sami salem tawfik badr bachir bassim
anwar akram achraf islam jawad hatim hakim hamid khalil daoud rafik zouhair mariam maryam meryem
myriam fatima fatiha khadija aicha zineb zaynab zainab salma selma sara sarah nour amal aya imane
iman ikram ihsane asma asmaa amira amina anissa bouchra jamila jihad jihane hafsa halima hanane
hayat khaoula douae dounia rania rabab raja rokia rim rime zahra souad saida salwa soumia samira
sanaa siham chaimae chaima sabah safae safaa doha abir afaf ghizlane ghita farah ferdaous fadwa
faouzia kaoutar kenza loubna latifa laila layla leila lina malika malak mona mouna manal maha
nadia najat najah naima nouhaila nawal hajar hiba houda hanae hind widad wissam wissal wafae wafaa
wiam yousra yasmine yasmina rahma rihab hala hasnae ilham ibtissam ines ahlam nada nezha nouha
nora noura inass lamia sofia sami zaki marie rose alain mina maria alaoui idrissi benali bennani
tazi fassi alami berrada chraibi benjelloun lahlou el fassi amrani mansouri bouazza benani naciri
naji cherkaoui hajji slaoui tahiri ziani ouazzani filali sebti rosa claire grace aurore constance
clemence prudence victoire olive fleur noel pascal pierre
"""
_PERSONAL = (
    *("طبي", "مرض", "مريض", "صحي", "صحه", "مستشف", "طبيب", "دوا", "عمليه", "وفا", "حادث", "حوادث"),
    *("اعاق", "معاق", "حمل", "نفسي", "سجن", "عايل", "اسري", "عزا", "جناز", "سفر"),
    *("medic", "malad", "sante", "hopita", "cliniq", "docteur", "chirurg", "deces", "accident"),
    *("handicap", "grossess", "psych", "prison", "famil", "deuil", "enterrement", "voyage"),
    *("sick", "illness", "health", "hospital", "doctor", "death", "pregnan"),
)
"""How the words begin that tell of an illness, a family or another private reason."""
_ARTICLE = ("وال", "بال", "لل", "ال", "و")
_LEAST = 3


@cache
def _names() -> frozenset[str]:
    return frozenset(fold(name) for name in _NAMES.split()) - {"", "el", "عبد", "الله"}


def is_name(key: str) -> bool:
    """Whether a folded word is a common name.

    >>> is_name(fold("حياة")), is_name(fold("الحياة")), is_name("moyenne")
    (True, False, False)
    """
    return key in _names()


def is_personal(key: str) -> bool:
    """Whether a folded word is a name, or tells of a private reason.

    >>> is_personal("medical"), is_personal(fold("الطبية")), is_personal(fold("وسلمى"))
    (True, True, True)
    """
    forms = [key, *(key.removeprefix(one) for one in _ARTICLE if key.startswith(one))]
    return (
        key in _names()
        or (key.startswith("و") and key[1:] in _names())
        or any(len(form) >= _LEAST and form.startswith(_PERSONAL) for form in forms)
    )
