import { setTimeout as wait } from 'node:timers/promises';
import { TENANT_ID } from '../../tests/sandbox/tenant/people.ts';
import { CLIENT_ID } from '../../tests/sandbox/tenant/registration.ts';
import type { Control } from '../walk/control.ts';
import type { Story } from '../walk/story.ts';
import { endEventPage } from './chrome.ts';
import type { Firefox } from './launch.ts';
import { onDisk } from './on-disk.ts';
import { openPopup } from './popup.ts';
import { button, field, words } from './screen.ts';
import { currentTab, handles, openedBy, type Tab } from './tabs.ts';

export interface FirefoxWalkOptions {
  firefox: Firefox;
  control: Control;
  /** Origin of the ERPNext. */
  site: string;
  me: { name: string; email: string; password: string };
  colleague: { name: string; email: string };
  /** What ERPNext holds in the record's chat field. */
  chatField(): Promise<unknown>;
  story: Story;
}

/** The main job in Firefox, from the first click on a fresh install: set up, sign in, create the chat, talk. */
export async function walkInFirefox(options: FirefoxWalkOptions): Promise<void> {
  const { firefox, control, site, me, colleague, chatField, story } = options;
  const { marionette, addonId, profile } = firefox;
  await control.tenant({ adminConsented: ['Chat.ReadWrite'] });
  const tab = await currentTab(marionette);
  const { page, panel } = tab;
  const shown = () => tab;

  await story.step(`${me.name} logs in to ERPNext and opens Event ${NAME}`, shown, async () => {
    await tab.open(`${site}/login?redirect-to=${encodeURIComponent(`/app/event/${NAME}`)}`);
    await page.type("//input[@id='login_email']", me.email);
    await page.type("//input[@id='login_password']", me.password);
    await page.click(button('Login'));
    await page.see(`//body[@data-route='Form/Event/${NAME}']`);
  });
  const popup = await openPopup(marionette, addonId);
  const popupShown = () => popup;
  await story.step('The popup takes the app registration', popupShown, async () => {
    // What it shows is what somebody registers in Entra: signing in fails below if it is not the true one.
    await control.tenant({ redirectUri: await popup.value(field('Redirect URI')) });
    await popup.type(field('Client ID'), CLIENT_ID);
    await popup.type(field('Directory (tenant)'), TENANT_ID);
    await popup.click(button('Save'));
    await popup.see(words('Saved'));
  });
  await story.step('Deskside is turned on for this site', popupShown, async () => {
    await popup.click(button(`Use Deskside on ${new URL(site).host}`));
    await popup.see(words(`Deskside is on for ${new URL(site).host}`));
  });
  await popup.close();
  await story.step('Teams opens beside the form', shown, async () => {
    await page.click(LAUNCHER);
    await panel.see(button('Sign in with Microsoft'));
  });
  await story.step('Signing in with Microsoft', shown, async () => {
    const window = await openedBy(marionette, () => panel.click(button('Sign in with Microsoft')));
    await passMicrosoft(firefox, window, me.email);
    await panel.see(button('Create chat'));
  });
  await story.step('The chat is created with the participants', shown, async () => {
    await panel.click(button('Create chat'));
    await panel.see(words(colleague.name));
    await panel.click(button('Create chat with'));
    await panel.see(COMPOSER);
  });
  await story.step('The record holds the chat’s id', shown, async () => {
    const { chats } = await control.state();
    if (chats.length !== 1) throw new Error(`There are ${chats.length} chats, and should be one.`);
    await until('the record names the chat', async () => (await chatField()) === chats[0]?.id);
  });
  await story.step('A message is written and sent', shown, () => say(tab, control, FIRST));
  await story.step(`${colleague.name} answers in Teams`, shown, async () => {
    const [chat] = (await control.state()).chats;
    await control.write({ chatId: chat?.id ?? '', from: colleague.email, html: `<p>${ANSWER}</p>` });
    await arrives(tab, ANSWER);
  });
  await story.step('Firefox ends the event page, and writing goes on', shown, async () => {
    await endEventPage(marionette, addonId);
    await say(tab, control, SECOND);
  });
  await story.step('After a reload everything is there again', shown, async () => {
    await endEventPage(marionette, addonId);
    await tab.open(`${site}/app/event/${NAME}`);
    for (const text of [FIRST, ANSWER, SECOND]) await panel.see(words(text, LOG));
    const { chats } = await control.state();
    if (chats.length !== 1) throw new Error(`There are ${chats.length} chats, and should be one.`);
  });
  let hidden = tab;
  await story.step(
    'A private window shows the chat and writes',
    () => hidden,
    async () => {
      // The same chat in an ordinary window would rightly store what is written here.
      await tab.open('about:blank');
      hidden = await openedBy(marionette, async () => {
        await marionette.send('WebDriver:NewWindow', { type: 'window', focus: true, private: true });
      });
      await logIn(hidden, site, me);
      // The panel is open here too: that is remembered for the person, not for the window.
      await hidden.panel.see(words(ANSWER, LOG), 40_000);
      await say(hidden, control, PRIVATE);
    },
  );
  await story.step(
    'What it showed is not on the disk',
    () => hidden,
    async () => {
      // The ordinary window's last message is there: so this is the place to look in, and it is written by now.
      await until(
        'the ordinary window’s messages are stored',
        async () => (await onDisk(profile, ORDINARY_MARK)) !== null,
      );
      const file = await onDisk(profile, PRIVATE_MARK);
      if (file) throw new Error(`The private window’s message stands in ${file}.`);
    },
  );
}

const NAME = 'EV00001';
const LAUNCHER = "//button[@data-deskside='launcher']";
const LOG = "//*[@role='log']";
const COMPOSER = "//textarea[@aria-label='Message' or @id=//label[normalize-space()='Message']/@for]";
const FIRST = 'Shall we meet at ten?';
const ANSWER = 'Ten is fine, I bring the drawings.';
const SECOND = 'Written after Firefox put the event page to sleep: Xk7Qz3Bw.';
const PRIVATE = 'Nobody else who uses this computer shall read this: Wj4Vp9Hn.';
/** Words that repeat nothing: they stand in IndexedDB's packed rows as they are. */
const ORDINARY_MARK = 'Xk7Qz3Bw';
const PRIVATE_MARK = 'Wj4Vp9Hn';

/** Through ERPNext's own login page, and on to the record. */
async function logIn({ page, open }: Tab, site: string, me: FirefoxWalkOptions['me']): Promise<void> {
  await open(`${site}/login?redirect-to=${encodeURIComponent(`/app/event/${NAME}`)}`);
  await page.type("//input[@id='login_email']", me.email);
  await page.type("//input[@id='login_password']", me.password);
  await page.click(button('Login'));
  await page.see(`//body[@data-route='Form/Event/${NAME}']`);
}

/** Types into the composer, sends, and finds the message once with Microsoft. */
async function say({ panel }: Tab, control: Control, text: string): Promise<void> {
  await panel.type(COMPOSER, text);
  await panel.click(button('Send'));
  await panel.see(words(text, LOG));
  await until(`"${text}" is with Microsoft, once`, async () => (await timesSaid(control, text)) === 1);
}

/** Reads follow acts of people, at most one a chat in 15 seconds: so the person acts until the message is there. */
async function arrives({ panel }: Tab, text: string): Promise<void> {
  await until(
    `"${text}" arrives`,
    async () => {
      await panel.stir();
      return panel.sees(words(text, LOG));
    },
    40_000,
  );
}

/** Answers each page of the sign-in window as a person would, until Firefox closes it. */
async function passMicrosoft({ marionette }: Firefox, { handle, page }: Tab, account: string): Promise<void> {
  const pages = [
    [button('Accept'), () => page.click(button('Accept'))],
    [
      "//input[@type='email']",
      async () => {
        await page.type("//input[@type='email']", account);
        await page.click("//button[@id='sign-in']");
      },
    ],
  ] as const;
  const there = async () => (await handles(marionette)).includes(handle);
  await until('the sign-in window is done', async () => {
    for (const [mark, answer] of pages) {
      if (!(await there())) return true;
      try {
        if (await page.sees(mark)) await answer();
      } catch (error) {
        // The window closes by itself as soon as Microsoft sends the browser back to the extension.
        if (await there()) throw error;
      }
    }
    return !(await there());
  });
}

async function timesSaid(control: Control, text: string): Promise<number> {
  const { chats } = await control.state();
  return chats.flatMap((chat) => chat.messages).filter((message) => message.content.includes(text)).length;
}

async function until(what: string, holds: () => Promise<boolean>, patience = 20_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${patience / 1000} s in vain until ${what}.`);
    await wait(100);
  }
}
