/** Every offset from -10 to +14, halves and quarters, both hemispheres, changes at midnight, by half an hour, in Ramadan, none. */
export const ZONES = (
  'UTC Europe/Berlin Europe/London Europe/Rome Europe/Kyiv Europe/Istanbul Atlantic/Azores America/New_York ' +
  'America/Los_Angeles America/St_Johns America/Sao_Paulo America/Santiago America/Havana America/Phoenix ' +
  'America/Caracas Africa/Cairo Africa/Casablanca Africa/Johannesburg Asia/Beirut Asia/Tehran Asia/Dubai Asia/Kolkata ' +
  'Asia/Calcutta Asia/Kathmandu Asia/Tokyo Australia/Sydney Australia/Adelaide Australia/Lord_Howe Pacific/Auckland ' +
  'Pacific/Chatham Pacific/Kiritimati Pacific/Honolulu America/Vancouver Antarctica/Troll'
).split(' ');
