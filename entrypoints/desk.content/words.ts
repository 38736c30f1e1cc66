/** The few words this script shows itself; everything else is said by the panel. */
export const WORDS = {
  label: 'Teams',
  region: 'Teams',
  open: 'Open the Teams panel (Alt+Shift+T)',
  close: 'Close the Teams panel (Alt+Shift+T)',
  resize: 'Width of the Teams panel',
  unread: (count: number) => (count === 1 ? '1 unread message' : `${count} unread messages`),
  attention: 'Something needs you',
};
