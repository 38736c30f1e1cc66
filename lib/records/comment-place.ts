import { byArrival, type CommentText } from '../model/record-comment.ts';
import { say } from './comment-link.ts';
import {
  type Claimant,
  compare,
  freshClaim,
  hashOf,
  isLive,
  type Place,
  type PlaceWorld,
  type Standing,
  taken,
} from './place.ts';

/**
 * A comment on the record, for whoever may read it and not write it, or where there is no field. Comments arrive in an
 * order that ERPNext alone sets, but one may show later than another that came after it. So a claim counts only when it
 * has stood for longer than that takes; then the earliest wins. Whatever stands in the field wins over all of them.
 */
export const COMMENT: Place = {
  /** A request of ERPNext's is over by then, or in trouble: what follows must bear that an earlier one shows after all. */
  settles: 6_000,

  async look(who, world) {
    // Comments first: a link that is moved into the field just now is then seen in the one or in the other.
    const comments = await world.comments();
    const record = await world.read();
    const seen = compare(who, world, record, await hashOf(record, who), comments);
    const { ownClaims, others, ...standing } = seen;
    const mine = ownClaims.find(isLive);
    const { field } = seen;
    return {
      ...standing,
      mine: mine?.says.claim ?? null,
      ahead:
        (field.kind === 'claim' && !field.stale) ||
        others.some((claim) => isLive(claim) && (!mine || byArrival(claim.comment, mine.comment) < 0)),
      beside: false,
      abandoned: (field.kind === 'claim' && field.stale) || others.some((claim) => !isLive(claim)),
    };
  },

  async claim(who, standing, world) {
    const text = say.claim(freshClaim(who, standing));
    const [first] = standing.own;
    if (standing.mine && first) return taken(world.editComment(first.name, text));
    // One that ran out has lost its turn: others may have begun since, and go before the new one.
    await edit(who, standing, world, say.givenUp);
    return taken(world.addComment(text));
  },

  async link(who, { own, document }, world, chatId) {
    const { url, topic } = await world.linkText(chatId);
    const text = say.link(who.nonce, document, chatId, url, topic);
    const [first, ...rest] = own;
    const written = first ? await taken(world.editComment(first.name, text)) : await taken(world.addComment(text));
    for (const comment of rest) await taken(world.editComment(comment.name, say.givenUp));
    return written;
  },

  withdraw: edit,
};

async function edit(_: Claimant, { own }: Standing, world: PlaceWorld, text: CommentText): Promise<void> {
  for (const comment of own) await taken(world.editComment(comment.name, text));
}
