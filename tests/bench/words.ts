/**
 * The commonest words of ten languages, each list in the order of frequency: what stands first in a real chat's words
 * stands first here. The rarer ones are made of syllables (corpus.ts).
 */
export const COMMON: Record<Language, string> = {
  en: 'the to and a of in is for on that it you we with this be have are not will can please order from at if as your our or delivery by was all there they one an has but so i when they’re which new time would need what do up out about more also invoice today just them get been some could should after offer customer any no week team monday project works how price parts until were before than sent because thanks still only us two back send call see status check email meeting let over day now received question good other first know same date here number payment shipping stock items list next first done tomorrow confirm report change details warehouse quality supplier file draft pump valve motor cable sensor drawing version test',
  de: 'die der und in das ist den zu mit von nicht auf für es ich wir sie ein eine im dem auch des an sich als noch nach bei aus wie aber wird werden hat haben kann bitte dann heute wenn nur oder um so am uns einen über bis zum zur mehr sind war schon hier morgen was keine durch alle diese diesen einer dass lieferung rechnung angebot kunde kunden auftrag bestellung woche termin preis danke können müssen sollte soll wieder gibt noch immer vor unter ohne zwei neue neuen projekt teile stück liefern größe straße prüfen änderung pumpe ventil zeichnung maschine lager menge frage anfrage fertig montag freitag ihnen ihre mir dir grüße schön gerne',
  fr: 'de la le et les des en à un une est que pour dans qui du pas il au sur plus par avec ce nous je se ne vous on sont mais ou cette été être ont comme son sa fait bien tout si même aussi livraison facture commande client devis prix merci demain aujourd’hui semaine projet peut faire avons deux après avant pièces équipe numéro réunion écran modèle qualité délai reçu envoyé lundi bonjour problème création très déjà où',
  es: 'de la que el en y a los se del las un por con no una para su es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está pedido entrega factura cliente oferta precio gracias mañana hoy semana proyecto puede hacer tenemos piezas equipo número reunión válvula bomba calidad recibido enviado lunes dirección año pequeño',
  tr: 've bir bu için ile de da olarak daha çok en gibi olan ben sen var ne kadar sonra ama mi o her şey değil şimdi yok biz siz onlar iyi yeni gün hafta sipariş teslimat fatura müşteri teklif fiyat teşekkürler yarın bugün proje parça toplantı numara kalite gönderildi alındı lütfen çünkü önce ilk iki üç ürün depo makine pompa ölçü güncelleme değişiklik ığdır şişli',
  ar: 'في من على أن إلى التي عن ما هذا هذه مع كان لا الذي أو كل بعد قد بين لم حتى قبل غير هو هي نحن تم كما عند يوم شكرا اليوم غدا الأسبوع الطلب التسليم الفاتورة العميل العرض السعر المشروع القطع الفريق رقم الاجتماع الجودة المستودع من فضلك نعم جديد أيضا يجب يمكن مُحَمَّد كتاب',
  zh: '的 是 在 了 我们 和 有 不 这 也 就 请 订单 交货 发票 客户 报价 价格 谢谢 明天 今天 本周 项目 零件 团队 会议 质量 仓库 需要 已经 可以 没有 确认 收到 发送 问题 时间 数量 更新 图纸 泵 阀门 电机 版本 测试 地址 付款 供应商 周一 之前 之后 如果 因为 所以 但是 还 都 到 对 从 把 给 与 及 等 中 上',
  ja: 'の に は を が で と も です ます から まで 納品 請求書 注文 お客様 見積もり 価格 ありがとうございます 明日 今日 今週 プロジェクト 部品 チーム 会議 品質 倉庫 確認 お願いします しました 送付 届きました 質問 時間 数量 更新 図面 ポンプ バルブ モーター バージョン テスト 住所 支払い 月曜日 前 後 しかし これ それ ください よろしく 東京 工場',
  ru: 'и в не на с что по как это для из к за мы вы от то но так все его она они у же бы был при уже заказ доставка счёт клиент предложение цена спасибо завтра сегодня неделя проект детали команда номер встреча качество склад нужно можно есть нет пожалуйста получили отправили вопрос время количество обновление чертёж насос клапан двигатель версия проверка после перед если ещё ёлка',
  ko: '이 그 및 수 있는 를 을 에 의 가 은 는 와 합니다 했습니다 있습니다 주문 납품 송장 고객 견적 가격 감사합니다 내일 오늘 이번주 프로젝트 부품 팀 번호 회의 품질 창고 확인 부탁드립니다 받았습니다 보냈습니다 질문 시간 수량 업데이트 도면 펌프 밸브 모터 버전 테스트 주소 결제 월요일 전에 후에 그리고 하지만 서울',
};

export type Language = 'en' | 'de' | 'fr' | 'es' | 'tr' | 'ar' | 'zh' | 'ja' | 'ru' | 'ko';

/** What rarer words are made of. */
export const SYLLABLES: Record<Language, string> = {
  en: 'al an ar be car con de der di en er ex for gen in la ler lin ma ment mo ner on per pro ra re ri sion son sta ter tion tri un va ver wor',
  de: 'ab an auf be ber bung chen der ein ent er fen ge gen heit in keit kon ler lich lung mer mit nach ner ober schau stel ten tung über um ung ver vor wer zei zung rück prüf',
  fr: 'al an au bé ble cha com con cou dé de é en er eur fa gé in lan ler li ma men mer mon né nou pé per pou pré ra ré ri sé sion ta té tion tra ver',
  es: 'a al ba ca cia ción co con da de des di do en es ga in la les lo ma men mi mo na ne no pa pe po pro ra re ri sa se ta te ti tra va ñe',
  tr: 'a al an ba bil da de dır e en er ğı gü i il im in ka ki kü la lar le ler lı ma me mi mü na nü öz ra sa si şa ta te tı tır ü ün ya yö',
  ar: 'ال مس تق دي ري كت بو نا ما سا را لي يم ون ات ية مع تح شر كة عم يل جد ول در اس',
  zh: '工 业 技 术 设 备 生 产 管 理 系 统 材 料 检 查 安 装 机 械 控 制 电 气 标 准 合 同 运 输 保 修 服 务 研 发 样 品 包 装 进 出 口 期 限 风 险 分 析 计 划 执 行',
  ja: '工 業 技 術 設 備 生 産 管 理 材 料 検 査 取 付 機 械 制 御 電 気 標 準 契 約 輸 送 保 証 開 発 シ ス テ ム メ ン ラ イ ト ロ ク',
  ru: 'ав ан бо ва вер го да дер до ек ен за из ка ко ла ли ло ма мен на не ни но об от пе пер по при про ра ре ро ря са се ста та те ти тор ция ус ци ща',
  ko: '가 개 검 계 고 공 관 구 국 기 내 단 대 도 동 리 문 발 보 부 사 산 상 생 설 성 수 시 안 업 용 원 인 일 자 작 장 전 정 제 조 주 중 지 출 치 표 품 한 합 화',
};

/** Ten of fifty who write; the others are numbered. */
export const NAMES = [
  'Anna Schmidt',
  'José García',
  'Élodie Lefèvre',
  'Mehmet Yılmaz',
  'محمد العلي',
  '王伟',
  '田中 花子',
  'Ольга Иванова',
  '김민준',
  'Brian O’Connor',
];
