import { defineExtensionMessaging } from '@webext-core/messaging';
import type { ArchiveProtocol } from './contract/archive.ts';
import type { ChannelSettingsProtocol } from './contract/channels.ts';
import type { PushProtocol } from './contract/push.ts';
import type { StorageProtocol } from './contract/storage.ts';
import type { SyncProtocol } from './contract/sync.ts';
import type {
  ChatsProtocol,
  DeskProtocol,
  FacesProtocol,
  MappingProtocol,
  OptionsProtocol,
  PanelProtocol,
  PopupProtocol,
  SiteProtocol,
} from './contract.ts';

/** Everything the worker answers. */
export type WorkerProtocol = PanelProtocol &
  PopupProtocol &
  OptionsProtocol &
  ChatsProtocol &
  MappingProtocol &
  FacesProtocol &
  ChannelSettingsProtocol &
  PushProtocol &
  SyncProtocol &
  StorageProtocol &
  ArchiveProtocol &
  DeskProtocol;

type Wire = {
  [K in keyof (WorkerProtocol & SiteProtocol)]: (WorkerProtocol & SiteProtocol)[K];
};

/** One messenger for both directions; which side answers what is told by the contract. */
export const messenger = defineExtensionMessaging<Wire>();

// biome-ignore lint/suspicious/noExplicitAny: any function at all
type AnyCall = (...args: any[]) => unknown;
/** What a call carries: `undefined` where it carries nothing. */
export type DataOf<F> = F extends AnyCall ? (Parameters<F> extends [infer D, ...unknown[]] ? D : undefined) : never;
/** What a call is answered with: always a `Result`. */
export type AnswerOf<F> = F extends AnyCall ? ReturnType<F> : never;
/** The arguments a sender gives. */
export type DataArgs<F> = DataOf<F> extends undefined ? [] : [data: DataOf<F>];
