/** A few words in Arabic, so that a right-to-left Desk does not read wholly English. Others stay as they are. */
const ARABIC = {
  Save: 'حفظ',
  Details: 'تفاصيل',
  Subject: 'موضوع',
  Status: 'الحالة',
  Open: 'فتح',
  Description: 'وصف',
  Color: 'اللون',
  Location: 'الموقع',
  'All Day': 'كل يوم',
  Event: 'حدث',
  Links: 'الروابط',
  Help: 'مساعدة',
  Attachments: 'المرفقات',
  'Assigned To': 'كلف إلى',
  'Add Participants': 'أضف مشاركين',
};

export const word = (text) => (window.frappe.boot.lang === 'ar' ? (ARABIC[text] ?? text) : text);
