/**
 * Names of months and of weekdays, short, as `dmesg -T`, syslogs and shells print them in the language
 * of the machine: abmon and abday of glibc's locales, without full stops, from Sunday on. Older
 * versions printed other forms of some, which stand in lines of their own.
 */
const names: readonly string[] = [
	'jan feb mar apr may jun jul aug sep oct nov dec | sun mon tue wed thu fri sat',
	'jän feb mär apr mai jun jul aug sep okt nov dez | so mo di mi do fr sa',
	'jan feb mär apr mai jun jul aug sep okt nov dez | so mo di mi do fr sa',
	'jan fév mar avr mai jun jui aoû sep oct nov déc | dim lun mar mer jeu ven sam',
	'janv févr mars avril mai juin juil août sept oct nov déc | dim lun mar mer jeu ven sam',
	'ene feb mar abr may jun jul ago sep oct nov dic | dom lun mar mié jue vie sáb',
	'ene feb mar abr may jun jul ago set oct nov dic | dom lun mar mié jue vie sáb',
	'jan fev mar abr mai jun jul ago set out nov dez | dom seg ter qua qui sex sáb',
	'gen feb mar apr mag giu lug ago set ott nov dic | dom lun mar mer gio ven sab',
	'jan feb mrt apr mei jun jul aug sep okt nov dec | zo ma di wo do vr za',
	'sty lut mar kwi maj cze lip sie wrz paź lis gru | nie pon wto śro czw pią sob',
	'янв фев мар апр мая июн июл авг сен окт ноя дек | вс пн вт ср чт пт сб',
	'янв фев мар апр май июн июл авг сен окт ноя дек | вс пн вт ср чт пт сб',
	'січ лют бер кві тра чер лип сер вер жов лис гру | нд пн вт ср чт пт сб',
	'led úno bře dub kvě čen čec srp zář říj lis pro | ne po út st čt pá so',
	'jan feb mar apr máj jún júl aug sep okt nov dec | ne po ut st št pi so',
	'jan febr márc ápr máj jún júl aug szept okt nov dec | v h k sze cs p szo',
	'ian feb mar apr mai iun iul aug sep oct nov dec | du lu ma mi jo vi sb',
	'яну фев мар апр май юни юли авг сеп окт ное дек | нд пн вт ср чт пт сб',
	'jan feb mar apr maj jun jul avg sep okt nov dec | ned pon tor sre čet pet sob',
	'јан феб мар апр мај јун јул авг сеп окт нов дец | нед пон уто сри чет пет суб',
	'sij velj ožu tra svi lip srp kol ruj lis stu pro | ned pon uto sri čet pet sub',
	'jan feb mar apr maj jun jul aug sep okt nov dec | ned pon uto sri čet pet sub',
	'jan feb mars april mai juni juli aug sep okt nov des | sø ma ti on to fr lø',
	'tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu | su ma ti ke to pe la',
	'jaan veebr märts apr mai juuni juuli aug sept okt nov dets | p e t k n r l',
	'jan feb mar apr mai jūn jūl aug sep okt nov dec | sv p o t c pk s',
	'saus vas kov bal geg birž liep rugp rugs spal lapkr gruod | sk pr an tr kt pn št',
	'ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ | κυρ δευ τρι τετ πεμ παρ σαβ',
	'ιαν φεβ μάρ απρ μάι ιούν ιούλ αύγ σεπ οκτ νοέ δεκ | κυρ δευ τρι τετ πεμ παρ σαβ',
	'oca şub mar nis may haz tem ağu eyl eki kas ara | paz pzt sal çrş prş cum cts',
	'degen defebr demarç abr demaig dejuny dejul ag deset oct denov dedes | dg dl dt dc dj dv ds',
	'gen febr març abr maig juny jul ag set oct nov des | dg dl dt dc dj dv ds',
	'xan feb mar abr mai xuñ xul ago set out nov dec | dom lun mar mér xov ven sáb',
	'urt ots mar api mai eka uzt abu ira urr aza abe | ig al ar az og or lr',
	'сту лют сак кра мая чэр ліп жні вер кас ліс сне | няд пан аўт срд чцв пят суб',
	'сту лют сак кра май чэр ліп жні вер кас ліс сне | няд пан аўт срд чцв пят суб',
	'stu lut sak kra maj čer lip žni vie kas lis śni | nia pan aŭt sie čać pia sub',
	'јан фев мар апр мај јун јул авг сеп окт ное дек | нед пон вто сре чет пет саб',
	'jan shk mar pri maj qer kor gsh sht tet nën dhj | die hën mar mër enj pre sht',
	'jan feb mar apr maí jún júl ágú sep okt nóv des | sun mán þri mið fim fös lau',
	'ean feabh márta aib beal meith iúil lún mfómh dfómh samh noll | domh luan máirt céad déar aoine sath',
	'ion chw maw ebr mai meh gor aws med hyd tach rha | sul llu maw mer iau gwe sad',
	'一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月 | 日 一 二 三 四 五 六',
	'thg1 thg2 thg3 thg4 thg5 thg6 thg7 thg8 thg9 thg10 thg11 thg12 | cn t2 t3 t4 t5 t6 t7',
	'jan feb mar apr mei jun jul agu sep okt nov des | min sen sel rab kam jum sab',
	'jan feb mac apr mei jun jul ogos sep okt nov dis | ahd isn sel rab kha jum sab',
	'ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค | อา จ อ พ พฤ ศ ส',
	"ינו פבר מרץ אפר מאי יונ יול אוג ספט אוק נוב דצמ | א' ב' ג' ד' ה' ו' ש'",
	'ينا فبر مار أبر ماي يون يول أغس سبت أكت نوف ديس | ح ن ث ر خ ج س',
	'جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر | ح ن ث ر خ ج س',
	'يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر | ح ن ث ر خ ج س',
	'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر | ح ن ث ر خ ج س',
	'ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اكتبر نوامبر دسامبر | یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه',
	'जन फ़र मार्च अप्रैल मई जून जुल अग सित अक्तू नव दिस | रवि सोम मंगल बुध गुरु शुक्र शनि',
	'জানু ফেব মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর | রবি সোম মঙ্গল বুধ বৃহঃ শুক্র শনি',
	'ஜன பிப் மார் ஏப் மே ஜூன் ஜூலை ஆக செப் அக் நவ டிச | ஞா தி செ பு வி வெ ச',
	'జన ఫిబ్ర మార్చి ఏప్రి మే జూన్ జులై ఆగ సెప్టెం అక్టో నవం డిసెం | ఆది స<u0c4b>మ మంగళ బుధ గురు శుక్ర శని',
	'იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ | კვი ორშ სამ ოთხ ხუთ პარ შაბ',
	'հնվ փտր մար ապր մայ հնս հլս օգս սեպ հոկ նմբ դեկ | կրկ երկ երք չրք հնգ ուր շբթ',
	'yan fev mar apr may iyn iyl avq sen okt noy dek | baz ber çax çər cax cüm şnb',
	'қаң ақп нау сәу мам мау шіл там қыр қаз қар жел | жк дс сс ср бс жм сб',
	'янв фев мар апр май июн июл авг сен окт ноя дек | кӏ ор ши кх еа пӏ шо',
	'yan fev mar apr may iyn iyl avg sen okt noy dek | yak du se cho pay ju sha',
	'jan feb mar apr maj jun jul aŭg sep okt nov dec | dim lun mar mer ĵaŭ ven sab',
	'jan feb mrt apr mei jun jul aug sep okt nov des | so ma di wo do vr sa',
	'jan feb mac apr mei jun jul ago sep okt nov des | j2 j3 j4 j5 alh ij j1',
	'ene peb mar abr may hun hul ago sep okt nob dis | lin lun mar miy huw biy sab',
	'jan fra mar apr mej ġun lul aww set ott nov diċ | ħad tne tli erb ħam ġim sib',
	'ian fev mar apr may iun iul aug sep okt noy dek',
	'jan feb mrz apr mai jun jul aug sep okt nov dez | so mo di mi do fr sa',
];

type Language = { months: readonly string[]; days: readonly string[] };

const languages: readonly Language[] = names.map((line) => {
	const [months = '', days = ''] = line.split(' | ');
	return { months: months.split(' '), days: days.split(' ') };
});

/** Every language's month, 1 to 12, by its name; languages disagree: Croatian lip is Polish cze. */
const byName = new Map<string, { month: number; language: Language }[]>();
for (const language of languages) {
	for (const [index, name] of language.months.entries()) {
		const known = byName.get(name) ?? [];
		known.push({ month: index + 1, language });
		byName.set(name, known);
	}
}
const shortest = 3;

/** What else a line tells of its date. */
type Around = { weekday?: string | undefined; year?: number | undefined; day?: number };

/**
 * The month, 1 to 12, by its name in any of the languages, short or whole. Where they disagree, the one
 * counts in whose language the weekday is right.
 */
export function monthOf(name: string, around: Around = {}): number | undefined {
	const numbered = /^(\d{1,2})[月월]$/.exec(name)?.[1];
	if (numbered !== undefined) return Number(numbered);
	const found = candidates(bare(name));
	if (found.length < 2) return found[0]?.month;
	const right = found.find((candidate) => isRight(candidate, around));
	return (right ?? found[0])?.month;
}

function candidates(name: string): readonly { month: number; language: Language }[] {
	for (let length = name.length; length >= Math.min(shortest, name.length); length--) {
		const found = byName.get(name.slice(0, length));
		// A word that only begins like one is a month where it is one that is written out.
		if (found) return length === name.length || name.length - length <= 6 ? found : [];
	}
	return [];
}

function isRight(
	{ month, language }: { month: number; language: Language },
	{ weekday, year, day }: Around,
): boolean {
	if (weekday === undefined || year === undefined || day === undefined) return false;
	return language.days[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] === bare(weekday);
}

const bare = (name: string) => name.normalize('NFC').toLowerCase().replace(/\.$/, '');
