import type { MeetingRecord } from './meeting-records.ts';

const RULE = '________________________________________________________________________________';

/**
 * What Outlook writes under an event's body for a Teams meeting (concepts/outlook-calendar-online-meetings.md). A body that
 * comes back without it turns the meeting off.
 */
export function joinBlock({ joinUrl, organizerId, tenantId, threadId, joinMeetingId }: MeetingRecord): string {
  const options = `https://teams.microsoft.com/meetingOptions/?organizerId=${organizerId}&amp;tenantId=${tenantId}&amp;threadId=${threadId.replace(':', '_')}&amp;messageId=0&amp;language=en-US`;
  const passcode = joinMeetingId.passcode
    ? `\r\n<div><span>Passcode: </span><span>${joinMeetingId.passcode}</span></div>`
    : '';
  return [
    `<div style="width:100%; height:20px"><span style="white-space:nowrap; color:gray; opacity:.36">${RULE}</span>`,
    '</div>',
    `<div class="me-email-text" style="color:#252424; font-family:'Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif">`,
    `<div style="margin-top:24px; margin-bottom:10px"><a class="me-email-headline" href="${joinUrl}" target="_blank" rel="noreferrer noopener" style="font-size:18px; text-decoration:underline; color:#6264a7">Join`,
    ' Microsoft Teams Meeting</a> </div>',
    `<div><span>Meeting ID: </span><span>${joinMeetingId.id}</span></div>${passcode}`,
    `<div style="margin-bottom:24px"><a class="me-email-link" target="_blank" href="https://aka.ms/JoinTeamsMeeting" rel="noreferrer noopener">Learn more about Teams</a> | <a class="me-email-link" target="_blank" href="${options}" rel="noreferrer noopener">`,
    'Meeting options</a> </div>',
    '</div>',
    `<div style="width:100%; height:20px"><span style="white-space:nowrap; color:gray; opacity:.36">${RULE}</span>`,
    '</div>',
  ].join('\r\n');
}

export const holdsJoinBlock = (html: string, joinUrl: string): boolean => html.includes(joinUrl);
