/** Words of an office in many scripts. `joined` ones are written without blanks between words. */
export interface Tongue {
  words: string[];
  joined?: boolean;
}

const tongue = (words: string): Tongue => ({ words: words.split(' ') });
const joined = (words: string): Tongue => ({ ...tongue(words), joined: true });

/** English stands there more than once since it is heard more often. */
export const TONGUES: readonly Tongue[] = [
  ...Array.from({ length: 5 }, () =>
    tongue(
      'the order delivery invoice customer supplier will be ready on Monday please check price stock warehouse and quote for pallet truck late again thanks meeting project budget approved shipment damaged replacement warranty returned urgent tomorrow',
    ),
  ),
  ...Array.from({ length: 2 }, () =>
    tongue(
      'die Lieferung Rechnung Kunde kommt am Dienstag bitte prüfen Größe Menge Straße Lager und für Angebot nächste Woche schon wieder verspätet danke Übergabe Maß Gewährleistung zurückgeschickt dringend morgen',
    ),
  ),
  tongue(
    'la commande livraison facture client prête lundi vérifier très bientôt coût reçu déjà envoyé où été équipe réunion élevé garçon naïve',
  ),
  tongue(
    'el pedido entrega factura cliente mañana año revisar almacén camión señal también próximo envío daño garantía reunión',
  ),
  tongue(
    'sipariş teslimat fatura müşteri yarın lütfen kontrol depo fiyat ığdır İstanbul gecikme teşekkürler toplantı bütçe',
  ),
  tongue(
    'заказ доставка счёт клиент завтра проверьте склад цена спасибо встреча бюджет срочно ещё гарантия возврат груз',
  ),
  tongue('الطلب التسليم الفاتورة العميل غدا من فضلك تحقق المخزن السعر شكرا اجتماع الميزانية عاجل الضمان مُرتجع'),
  tongue('הזמנה משלוח חשבונית לקוח מחר בבקשה לבדוק מחסן מחיר תודה פגישה תקציב דחוף אחריות'),
  tongue('आदेश डिलीवरी चालान ग्राहक कल कृपया जाँच गोदाम मूल्य धन्यवाद बैठक बजट तुरंत वारंटी'),
  tongue('주문 배송 송장 고객 내일 확인 창고 가격 감사합니다 회의 예산 긴급 보증 반품'),
  joined('订单 交货 发票 客户 明天 请 检查 仓库 价格 谢谢 会议 预算 紧急 保修 退货 卡车 我们 已经 收到'),
  joined('注文 納品 請求書 お客様 明日 確認 倉庫 価格 ありがとう 会議 予算 至急 保証 返品 トラック です'),
  joined('คำสั่งซื้อ การจัดส่ง ใบแจ้งหนี้ ลูกค้า พรุ่งนี้ กรุณา ตรวจสอบ คลังสินค้า ราคา ขอบคุณ ประชุม งบประมาณ ด่วน'),
];

export const EMOJI = ['👍', '🎉', '😀', '🚚', '❤️', '👩🏽‍💻', '🇮🇳', '✅'];
export const REACTIONS = ['👍', '❤️', '😆', '😮', '😢', 'like', 'heart'];
