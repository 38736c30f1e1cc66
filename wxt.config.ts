import { defineConfig } from 'wxt';
import { slimEmoji } from './scripts/slim-emoji.ts';

/**
 * Public half of the key that fixes the id of unpacked Chromium builds (galidifhoabiablhokbmfdbhibocfmaf), so that the redirect
 * URI registered in Entra stays the same on every machine. The private half is not needed by anyone; store uploads
 * get their key from the store (zips leave it out).
 */
const KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr059/tnjfLBgqwPP+o77Z+xawGIiwPIGlaafp+Z9GLomt77jYw/Q1UCV2X97/zqcH6/kOl1ft9pqUWQSfGA/fruHJHMngGbrckDKDq6vB/yW2k6C4JnPMVVrGbraOKcDsWc5vFB0Z/bd4F1ot/QRDuaeWmO9wHixStQVnv+0cF8USY4SwyTX//wjWDt3v2D94HPM29uK+qp6ji58h7w18PF57aRZK2EeZJrsRGU2Bz4GsQ/rhYzwb6AShamDbqESaMG/5IlVr4qXnIhx2QlP340PpEP0h+Ro7UGoo65YHwZpsahlvYEJV30no3wZKBAgs76h23CRqneOQSk9s5XO+wIDAQAB';

const zipping = process.argv.includes('zip');

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  manifest: ({ browser }) => ({
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    ...(browser === 'firefox' || zipping ? {} : { key: KEY }),
    permissions: ['storage', 'unlimitedStorage', 'identity', 'alarms', 'scripting', 'activeTab'],
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    commands: {
      'toggle-panel': {
        suggested_key: { default: 'Alt+Shift+T' },
        description: '__MSG_commandTogglePanel__',
      },
    },
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' https://login.microsoftonline.com https://graph.microsoft.com https://login.microsoftonline.us https://graph.microsoft.us https://dod-graph.microsoft.us https://login.partner.microsoftonline.cn https://login.chinacloudapi.cn https://microsoftgraph.chinacloudapi.cn https://*.sharepoint.com https://*.sharepoint.us https://*.sharepoint-mil.us https://*.sharepoint.cn; object-src 'none'; base-uri 'none'; form-action 'none'",
    },
    // The frame's page must be loadable from sites chosen at run time, so the pattern is broad; the page shows nothing
    // before the worker has matched its one-time nonce to the tab it stands in.
    web_accessible_resources: [
      {
        resources: ['panel.html'],
        matches: ['https://*/*', 'http://*/*'],
        ...(browser === 'firefox' ? {} : { use_dynamic_url: true }),
      },
    ],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'deskside@deskside.example',
              strict_min_version: '142.0',
              data_collection_permissions: {
                required: [
                  'personalCommunications',
                  'personallyIdentifyingInfo',
                  'authenticationInfo',
                  'websiteContent',
                ],
              },
            },
          },
        }
      : { minimum_chrome_version: '120', incognito: 'split', storage: { managed_schema: 'managed-schema.json' } }),
  }),
  vite: () => ({ plugins: [slimEmoji()], oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } }),
});
