import { Hono } from 'hono';
import type { Instance } from '../tenant/occurrences.ts';
import { readMailbox as readAddress } from './calendar-event-input.ts';
import type { Deps, GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';
import { asArray, asObject, asString, type JsonObject, readBody } from './json-body.ts';
import { CALENDAR_ROOTS, openEvent, writeMailbox } from './mailbox.ts';
import { invalidRequest, unreadableBody } from './outlook-errors.ts';
import { checkOrder, readFlag, readWallTime } from './outlook-values.ts';
import { readQuery } from './query.ts';

const ANSWERS = { accept: 'accepted', tentativelyAccept: 'tentativelyAccepted', decline: 'declined' } as const;

/** What is done with a meeting: cancel, accept, tentativelyAccept, decline, forward (event-cancel.md and its kin). */
export function createCalendarActions(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const { scheduling } = deps.tenant;
  for (const root of CALENDAR_ROOTS) {
    app.post(`${root}/events/:event/cancel`, async (c) => {
      writeMailbox(c);
      readQuery(c, []);
      const instance = openEvent(c, deps);
      const { comment } = parameters(await readBody(c), ['comment']);
      if (!instance.item.isOrganizer) throw invalidRequest('You need to be an organizer to cancel a meeting.');
      scheduling.cancel(instance, readComment(comment));
      return c.body(null, 202);
    });

    for (const [action, word] of Object.entries(ANSWERS)) {
      app.post(`${root}/events/:event/${action}`, async (c) => {
        writeMailbox(c);
        readQuery(c, []);
        const instance = openEvent(c, deps);
        const known =
          action === 'accept' ? ['comment', 'sendResponse'] : ['comment', 'sendResponse', 'proposedNewTime'];
        const given = parameters(await readBody(c), known);
        const send = given.sendResponse === undefined || readFlag(given.sendResponse, 'sendResponse');
        checkAnswer(instance, send);
        const proposed = readProposal(given.proposedNewTime, instance, send);
        scheduling.respond(instance, word, { comment: readComment(given.comment), send, proposed });
        return c.body(null, 202);
      });
    }

    app.post(`${root}/events/:event/forward`, async (c) => {
      writeMailbox(c);
      readQuery(c, []);
      const instance = openEvent(c, deps);
      const given = parameters(await readBody(c), ['comment', 'toRecipients']);
      const to = asArray(given.toRecipients, 'ToRecipients').map((one) => {
        const { emailAddress } = parameters(asObject(one, 'ToRecipients'), ['emailAddress']);
        return readAddress(parameters(asObject(emailAddress, 'emailAddress'), ['name', 'address']));
      });
      if (to.length === 0) throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
      scheduling.forward(instance, to, readComment(given.comment));
      return c.body(null, 202);
    });
  }
  return app;
}

/** An action's parameters, whose names Graph takes in whatever case; others are refused. */
export function parameters(given: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([name]) => !name.startsWith('@odata.'))
      .map(([name, value]) => {
        const known = names.find((one) => one.toLowerCase() === name.toLowerCase());
        if (!known)
          throw unreadableBody(
            `The parameter '${name}' in the request payload is not a valid parameter for the operation.`,
          );
        return [known, value];
      }),
  );
}

const readComment = (value: unknown) => (value === undefined || value === null ? null : asString(value, 'Comment'));

function checkAnswer({ item, content }: Instance, send: boolean): void {
  if (item.isOrganizer) throw invalidRequest("You can't respond to this meeting because you're the meeting organizer.");
  if (send && !content.responseRequested) throw invalidRequest("The meeting organizer hasn't requested a response.");
}

function readProposal(value: unknown, { content }: Instance, send: boolean) {
  if (value === undefined || value === null) return null;
  if (!content.allowNewTimeProposals) throw invalidRequest("The meeting organizer doesn't allow new time proposals.");
  if (!send) throw invalidRequest('A new time can be proposed only where a response is sent.');
  const given = asObject(value, 'ProposedNewTime');
  const proposed = { start: readWallTime(given.start, 'start'), end: readWallTime(given.end, 'end') };
  checkOrder(proposed.start, proposed.end);
  return proposed;
}
