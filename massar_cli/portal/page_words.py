"""The words by which a page of the menu is recognised: what Moroccan schools say, and addresses.

Nobody has published the portal's own labels but for a few. How a phrase is written is told in
`phrases`.
"""

from massar_cli.phrases import Phrases
from massar_cli.portal_menu import PageKind


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(" | "))


LABELS: Phrases[PageKind] = Phrases(
    {
        PageKind.ABSENCES: _listed(
            "غياب* | تغيب* | تاخر* | مواظبة* | حضور* | ورقة دخول | اذن دخول | absen* | "
            "retard* | assiduite* | presence* | pointage | billet* entree | "
            "justificati* absence* | تبرير غياب* | مواظبة سلوك | غياب* تاخر* | شواهد غياب | "
            "controle* absence* | controle* presence* | controle* assiduite | fiche* absence* | "
            "certificat* absence* | ghiyab* | attendance"
        ),
        PageKind.HOMEWORK: _listed(
            "واجب* | دفتر نصوص | دفاتر نصوص | دفتر* تمارين* | تمارين* | فروض منزلية | "
            "فرض* منزلي* | انشطة منزلية | اعمال منزلية | عمل منزلي | مهام منزلية | devoir* | "
            "devoir* maison | devoir* domicile | devoir* libre* | devoir* faire | "
            "travail maison | travaux maison | travail faire | travaux faire | "
            "travail personnel | travaux domicile | travaux rendre | travail rendre | "
            "devoir* rendre | cahier* texte* | cahier* journal | exercice* | homework | "
            "assignment*"
        ),
        PageKind.TIMETABLE: _listed(
            "استعمال زمن* | استعمالات زمن | جدول حصص | جداول حصص | جدول زمني | جدول دراسي | "
            "جدول* اسبوعي* | حصص اسبوعية | برنامج اسبوعي | توزيع حصص | اوقات دراسة | حصص* | "
            "توقيت* دراس* | جدول توقيت | زمن مدرسي | emploi* temps | planning semaine* | "
            "planning hebdomadaire | horaire* | edt | grille horaire | seance* | "
            "planning cours | horaire* cours | timetable | schedule | emploi* semaine | "
            "cours semaine"
        ),
        PageKind.EXAMS: _listed(
            "مواعيد امتحان* | مواعيد فروض | موعد فرض* | مواعيد فروض امتحان* | فرض* محروس* | "
            "فروض | فروض مراقبة مستمرة | مواعيد فروض مراقبة مستمرة | فروض مبرمجة | برمجة فروض | "
            "جدولة فروض | جدول* امتحان* | جدول* فروض | برنامج امتحان* | برنامج فروض | "
            "تواريخ امتحان* | تواريخ فروض | رزنامة امتحان* | رزنامة فروض | امتحان* | اختبار* | "
            "روائز | تقويمات | مواعيد اختبار* | مواعيد تقويم* | تقويم* مبرمج* | "
            "مواعيد مراقبة مستمرة | مواعيد اجراء | مواعيد اجراء مراقبة مستمرة | برمجة امتحان* | "
            "مراقبة مستمرة مبرمجة | devoir* surveille* | devoir* classe | controle* | "
            "controle* surveille* | examen* | controle* programme* | "
            "controle* continu* programme* | epreuve* | test* | evaluation* | "
            "evaluation* programme* | calendrier examen* | calendrier controle* | "
            "date* examen* | date* controle* | date* controle* examen* | planning examen* | "
            "planning controle* | planning devoir* surveille* | planning evaluation* | "
            "calendrier devoir* surveille* | calendrier evaluation* | devoir* programme* | "
            "programme* controle* | programme examen* | exam | exams | "
            "date* controle* continu* | horaire* examen* | horaire* controle* | "
            "emploi* temps examen* | planning epreuve* | programmation controle* | "
            "programmation devoir* | calendrier devoir* | interrogation* | "
            "planning controle* continu* | calendrier controle* continu* | "
            "استعمال زمن امتحان*"
        ),
        PageKind.MESSAGES: _listed(
            "رسائل* | رسالة | مراسل* | اعلان* | بلاغ* | صندوق وارد | بريد وارد | صندوق بريد | "
            "اخبار مؤسسة | اعلان* مؤسسة | مذكرات اخبار* | سبورة اعلان* | صندوق رسائل | "
            "message* | messagerie* | annonce* | communique* | correspondance* | courrier* | "
            "boite reception | boite messages | boite lettres | note* service | "
            "note* information | avis ecole | avis etablissement | tableau affichage | "
            "cahier* correspondance | cahier* liaison | دفتر مراسلة | دفتر تواصل | "
            "announcement* | inbox | bulletin information* | note* administrati* | "
            "message* orientation | رسائل توجيه*"
        ),
        PageKind.DOCUMENTS: _listed(
            "شواهد* | شهاد* | وثائق* | وثيقة* | وثائق مدرسية | مستندات* | استدعاء* | "
            "استدعاء* امتحان* | بيانات شواهد | شواهد مدرسية | شهادة مدرسية | ملفات تحميل | "
            "document* | attestation* | certificat* | certificat* scolarite | piece* | "
            "convocation* | convocation* examen* | justificatif* | releve* note* pdf | "
            "dossier* | attestation* scolarite | document* scolaire* | document* orientation | "
            "telechargement* | diplome* | دبلوم* | اشهاد* | شهادة مغادرة | بيان* شواهد | "
            "attestation* note* | attestation* reussite | certificat* medica* | شهاد* طبية | "
            "وثائق توجيه* | papier* | document* administrati* | certificate* | "
            "document* examen*"
        ),
        PageKind.ORIENTATION: _listed(
            "توجيه | توجيهي* | اعادة توجيه* | بطاقة رغب* | رغب* | مشروع شخصي | مشروعي شخصي | "
            "مشروع شخصي توجيه | مشروعي شخصي توجيه | رغب* توجيه* | اختيار* توجيه* | "
            "اختيار* شعب* | اختيار* مسلك* | نتائج توجيه* | توجيه مدرسي مهني | مواكبة توجيه* | "
            "orientation* | reorientation* | voeu* | fiche voeux | choix orientation | "
            "projet orientation | projet personnel | resultat* orientation | choix filiere* | "
            "projet personnel orientation | voeux orientation | choix branche* | guidance | "
            "dossier* orientation | information* orientation | parcours orientation"
        ),
        PageKind.GRADES: _listed(
            "نقط* | تتبع نقط* | نقط مراقبة مستمرة | نقط امتحان* | نقط فروض | بيان نقط* | "
            "بيان نقط امتحان* | بيانات نقط | نتائج* | نتائج دراسية | نتائج امتحان* | معدل* | "
            "نتيجة | نتيجتي | دفتر مدرسي | livret* scolaire* | نقطة | نقطتي | نتائج فروض | "
            "نتائج مراقبة مستمرة | بيان نتائج | كشف نقط | كشوف نقط | علامات* | مراقبة مستمرة | "
            "تحصيل دراسي | نقط معدل* | نتائج دورة | تنقيط* | نتائج تقويم* | note* | bulletin* | "
            "bulletin* note* | moyenne* | releve* note* | resultat* | resultat* scolaire* | "
            "resultat* examen* | controle* continu* | note* controle* | "
            "note* controle* continu* | note* examen* | resultat* controle* | grade* | mark* | "
            "note* moyenne* | suivi note* | note* devoir* | note* devoir* surveille* | "
            "carnet note* | resultat* devoir* | resultat* evaluation* | note* evaluation* | "
            "resultat* note*"
        ),
        PageKind.JOURNEY: _listed(
            "مسار دراسي | مساري دراسي | مسار تلميذ* | سنوات دراسية سابقة | سنوات سابقة | "
            "سيرة دراسية | مسار تمدرس | سوابق دراسية | تاريخ دراسي | مسار مدرسي | parcours | "
            "parcours scolaire* | cursus* | annees precedentes | annees anterieures | "
            "historique scolaire | historique scolarite | parcours eleve | "
            "scolarite anterieure | historique parcours | annees scolaires | "
            "annees scolaires precedentes | academic history | resultat* annees precedentes | "
            "نتائج سنوات سابقة"
        ),
        PageKind.PROFILE: _listed(
            "معلومات تلميذ* | معلومات شخصية | معلوماتي | معلوماتي شخصية | بيانات شخصية | "
            "بياناتي | بياناتي شخصية | بيانات تلميذ* | بطاقة تلميذ* | ملف* شخصي* | ملف تلميذ* | "
            "معطيات شخصية | معطيات تلميذ* | بطاقة معلومات | هوية تلميذ* | معلومات ولي | "
            "معطياتي | معطياتي شخصية | بطاقة شخصية | بطاقة تعريف* | profil* | "
            "information* eleve* | information* personnelle* | info* personnelle* | "
            "info* eleve* | information* tuteur | donnees personnelles | donnees eleve | "
            "identite* | fiche eleve | fiche personnelle | fiche information* | etat civil | "
            "dossier* eleve | fiche identite | profile | coordonnees eleve"
        ),
        PageKind.OTHER: _listed(
            "انشطة مندمجة | انشطة صفية | تدقيق معطيات | تدقيق معطيات شخصية | حصص دعم | "
            "صندوق افكار | صندوق اقتراح* | رياضة مدرسية | دعم تربوي | نتائج مسابق* | منح* | "
            "activites integrees | tadqiq | verification donnees | boite idees | bourse* | "
            "sport scolaire | note* version | test* positionnement | boite suggestions | "
            "تحقق معطيات | تدقيق بيانات شخصية | تدقيق بيانات | نماذج امتحان* | مواضيع امتحان* | "
            "annales examen* | modele* examen* | sujet* examen* | anciens examens | "
            "calendrier scolaire | calendrier vacances | vacances* | عطل* | رزنامة عطل | "
            "مباريات* | conseil* classe | controle parental | inscription examen* | "
            "inscription* | concours | توجيهات* | مباراة* | candidature* | ترشيح* | تسجيل* | "
            "تسجيل امتحان* | مذكرة تنظيمية | note* cadrage* | cadre* reference* | اطر مرجعية | "
            "question* reponse* | دلائل وثائق | رخص* غياب استاذ* | تمارين تفاعلية | "
            "cours exercice* | دروس تمارين"
        ),
    }
)
"""`other` has entries that hold a word of another kind and are about something else."""

VAGUE_LABELS: Phrases[PageKind] = Phrases(
    {
        PageKind.HOMEWORK: _listed("دفتر* | cahier* | travaux | travail"),
        PageKind.TIMETABLE: _listed("جدول | planning*"),
        PageKind.MESSAGES: _listed(
            "اشعار* | مستجدات | اخبار* | تنبيه* | جديد | وارد | جديد مؤسسة | تواصل | "
            "notification* | nouveaute* | actualite* | alerte* | avis | news | infos | info"
        ),
        PageKind.DOCUMENTS: _listed(
            "ملفات* | مطبوعات* | fichier* | imprime* | formulaire* | مرفقات"
        ),
        PageKind.ORIENTATION: _listed("مشروع* | اختيارات* | projet* | choix"),
        PageKind.GRADES: _listed("تقويم* | تنقيط"),
        PageKind.JOURNEY: _listed("مسار* | historique*"),
        PageKind.PROFILE: _listed(
            "معلومات | بيانات | هوية | information* | donnees | fiche | compte | حساب | حسابي"
        ),
    }
)
"""What may mean the kind, where nothing says more."""

ADDRESSES: Phrases[PageKind] = Phrases(
    {
        PageKind.ABSENCES: _listed(
            "absen* | retard* | assiduite* | attendance | presence* | ghiyab* | absences"
        ),
        PageKind.HOMEWORK: _listed(
            "devoir* | cahier* | homework* | exercice* | wajib* | assignment*"
        ),
        PageKind.TIMETABLE: _listed("emploi* | edt | horaire* | timetable* | schedule* | seance*"),
        PageKind.EXAMS: _listed(
            "exam | exams | examen* | controle* | epreuve* | evaluation* | test | tests | "
            "surveille*"
        ),
        PageKind.MESSAGES: _listed(
            "message* | messagerie* | annonce* | actualite* | correspondance* | announce* | "
            "communique* | notification* | inbox | courrier*"
        ),
        PageKind.DOCUMENTS: _listed(
            "document* | attestation* | certificat* | convocation* | piece* | chahada*"
        ),
        PageKind.ORIENTATION: _listed(
            "orientation* | voeu* | guidance* | tawjih* | reorientation*"
        ),
        PageKind.GRADES: _listed(
            "note* | bulletin* | moyenne* | resultat* | grade* | mark* | releve* | noqat*"
        ),
        PageKind.JOURNEY: _listed("parcours* | cursus* | massar*"),
        PageKind.PROFILE: _listed("profil* | identite* | profile*"),
    }
)

VAGUE_ADDRESSES: Phrases[PageKind] = Phrases(
    {
        PageKind.HOMEWORK: _listed("travaux | travail"),
        PageKind.TIMETABLE: _listed("planning* | semaine | agenda"),
        PageKind.EXAMS: _listed("calendrier"),
        PageKind.MESSAGES: _listed("news | infos | avis | fil | boite"),
        PageKind.DOCUMENTS: _listed("dossier* | fichier* | download*"),
        PageKind.ORIENTATION: _listed("choix | projet* | filiere*"),
        PageKind.JOURNEY: _listed("scolarite* | historique* | history"),
        PageKind.PROFILE: _listed("info | information* | eleve | compte"),
    }
)

FILLING = Phrases(
    {
        PageKind.OTHER: _listed(
            "suivi* | liste* | consult* | voir | espace | gestion | etat | page | service* | "
            "تتبع | لائحة | عرض | اطلاع | فضاء | صفحة | خدمة | اعلام | تدبير | eleve | تلميذ | "
            "تلميذة | eleves | scolaire* | مدرسي* | school | student*"
        ),
    }
)
"""Words that say nothing about the kind, and take nothing from it either."""
