import type { MessageId } from '../model/ids.ts';

/** A message at which a run ends. */
export interface Edge {
  id: MessageId;
  createdAt: string;
}

/** Messages without a hole between them. */
export interface Run {
  from: Edge;
  to: Edge;
  /** `from` is the chat's very first message. */
  first?: true;
}
