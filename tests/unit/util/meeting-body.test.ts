import { describe, expect, it } from 'vitest';
import { agendaOf, linksTo, meetingHtml, saysTheSame, withText } from '../../../lib/util/meeting-body.ts';
import { JOIN_BLOCK, JOIN_URL } from '../meetings/exchange.ts';

const LINK = { url: 'https://erp.example/app/event/EV-1?a=1&b="2"', title: 'EV-1 <in> ERPNext' };
const page = (text: string, block = JOIN_BLOCK) =>
  `<html><head><style>p{}</style></head><body>${text}${block}</body></html>`;

describe('the body of a meeting', () => {
  it('shows the agenda as it is written, and the link', () => {
    expect(meetingHtml('a < b\nc & "d"', LINK)).toBe(
      '<div>a &lt; b<br>c &amp; &quot;d&quot;</div><br><div><a href="https://erp.example/app/event/EV-1?a=1&amp;b=&quot;2&quot;">EV-1 &lt;in&gt; ERPNext</a></div>',
    );
    expect(meetingHtml('  ', LINK)).toMatch(/^<div><a/);
  });

  it('is read back without the link and without Teams’ block', () => {
    expect(agendaOf(page(`${meetingHtml('a < b\n\nc & "d"', LINK)}<br>`), LINK.url)).toBe('a < b\n\nc & "d"');
    expect(agendaOf('plain &amp;lt; &#65;&#x42; &nbsp; text', LINK.url)).toBe('plain &lt; AB text');
    expect(agendaOf(page('<p>x</p><!-- hidden --><script>no()</script>'), LINK.url)).toBe('x');
    expect(agendaOf(page(''), LINK.url)).toBe('');
    expect(saysTheSame('“a” —\n b', 'a b')).toBe(true);
    expect(saysTheSame('a b', 'a c')).toBe(false);
  });

  it('keeps the block whole, however it is wrapped, and loses nothing before it', () => {
    const only = JOIN_BLOCK.slice(JOIN_BLOCK.indexOf('<div class="me-email-text"'));
    for (const block of [JOIN_BLOCK, `<br><br>${JOIN_BLOCK}`, `<div>\n<div>${JOIN_BLOCK}</div></div>`, only]) {
      const changed = withText(page('<div>old</div>', block), JOIN_URL, '<div>new</div>');
      expect(changed).toContain(block);
      expect(changed).toContain('<body><div>new</div>');
      expect(changed).not.toContain('old');
    }
  });

  it('is not touched where the block is missing or leads elsewhere', () => {
    expect(withText(page('<div>old</div>', ''), JOIN_URL, 'new')).toBeNull();
    expect(withText(page('', JOIN_BLOCK.replaceAll('meetup-join', 'other')), JOIN_URL, 'new')).toBeNull();
  });

  it('links to its record, through Outlook’s check too, and to none that only looks like it', () => {
    const body = (url: string) =>
      page(`<a class="x" href="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">EV</a>`);
    const safe = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(LINK.url)}&data=05`;
    expect(linksTo(body(LINK.url), LINK.url)).toBe(true);
    expect(linksTo(body(safe), LINK.url)).toBe(true);
    expect(linksTo(body(safe.replace('outlook.com', 'evil.example')), LINK.url)).toBe(false);
    expect(linksTo(body(`${LINK.url}0`), LINK.url)).toBe(false);
  });

  it('is read quickly, whatever somebody sends', () => {
    const hostile = ['<a href="x">', '<div>', '<style>', '<!--', '_', '&#', '<a href="', '<div class="'].map((part) =>
      part.repeat(20_000),
    );
    const start = performance.now();
    for (const body of hostile) {
      agendaOf(body, LINK.url);
      withText(body, JOIN_URL, 'new');
      linksTo(body, LINK.url);
    }
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
