import type { RecordedRequest } from './shell.ts';

/** A rule of POST /faults. All that is given must fit; the first rule that fits acts. */
export interface FaultRule {
  /**
   * "METHOD path". The method may be "*". The path is taken after /v1.0 for Graph, whole otherwise; it fits a request for
   * it or for anything below it, "$" at its end forbids the latter; "*" stands for one segment, "**" for any number.
   */
  match?: string;
  service?: RecordedRequest['service'];
  /** E-mail of the person who asks, as far as the request itself tells. */
  caller?: string;
  /** How many requests it acts on; without it, on all until DELETE /faults. */
  times?: number;
  /** How many fitting requests pass first. */
  skip?: number;
  /** Acts on each so-manieth of the fitting requests alone; what it lets pass, later rules may still act on. */
  every?: number;
  /** Answer this instead of asking the stand-in. */
  status?: number;
  /** The stand-in does what was asked before `status` is answered: a gateway that lost the answer. */
  after?: boolean;
  /** Seconds, as the Retry-After header. */
  retryAfter?: number;
  headers?: Record<string, string>;
  /** Instead of the service's usual error body; text as it is, anything else as JSON. */
  body?: unknown;
  /** Cut the connection before or after the stand-in did what was asked. */
  drop?: 'before' | 'after';
  /** Real milliseconds to wait before anything else happens. */
  delay?: number;
  /** Real milliseconds to wait between the effect and the answer. */
  delayAnswer?: number;
  /**
   * Real milliseconds that a new comment of ERPNext's stays unseen after it has got its time: a transaction that is slow
   * to commit, so that an earlier comment may show after a later one.
   */
  commitLate?: number;
  /** As if there were no network: every fitting request is cut. */
  offline?: boolean;
}

/** What a rule is held against. `path` is the raw pathname, without /v1.0 for Graph. */
export interface FaultSubject {
  service: RecordedRequest['service'];
  method: string;
  path: string;
  caller?: string | undefined;
}

export interface Faults {
  add(rules: FaultRule[]): void;
  /** The rule that acts on this request, counted as used. */
  take(subject: FaultSubject): FaultRule | undefined;
  list(): (FaultRule & { used: number })[];
  clear(): void;
}

export function createFaults(): Faults {
  const rules: { rule: FaultRule; fits: (subject: FaultSubject) => boolean; seen: number }[] = [];
  return {
    add: (added) => {
      // Compiled before any is kept, so that one bad rule of a list leaves none.
      rules.push(...added.map((rule) => ({ rule, fits: compile(rule), seen: 0 })));
    },
    take: (subject) => {
      for (const entry of rules) {
        const { times = Number.POSITIVE_INFINITY } = entry.rule;
        const before = used(entry);
        if (before >= times || !entry.fits(subject)) continue;
        entry.seen += 1;
        if (used(entry) > before) return entry.rule;
      }
      return undefined;
    },
    list: () => rules.map((entry) => ({ ...entry.rule, used: used(entry) })),
    clear: () => {
      rules.length = 0;
    },
  };
}

/** How often a rule has acted. */
function used({ rule: { skip = 0, every = 1 }, seen }: { rule: FaultRule; seen: number }): number {
  return Math.max(0, Math.floor((seen - skip) / every));
}

const ACTS = ['status', 'drop', 'delay', 'delayAnswer', 'commitLate', 'offline'] as const;

function compile(rule: FaultRule): (subject: FaultSubject) => boolean {
  if (!ACTS.some((act) => rule[act])) throw new Error(`A fault rule needs one of ${ACTS.join(', ')}.`);
  if (rule.status !== undefined && !(rule.status >= 200 && rule.status <= 599))
    throw new Error('status must be between 200 and 599.');
  if (rule.every !== undefined && !(Number.isInteger(rule.every) && rule.every > 0))
    throw new Error('every must be a whole number above 0.');
  if (rule.after && rule.status === undefined) throw new Error('after needs a status; drop has an "after" of its own.');
  const [, method = '*', pattern = '/'] =
    rule.match?.match(/^(?:([A-Za-z*]+)\s+)?(\S+)$/) ?? (rule.match ? fail(rule.match) : []);
  const path = pathPattern(pattern);
  return (subject) =>
    (method === '*' || method.toUpperCase() === subject.method) &&
    (!rule.service || rule.service === subject.service) &&
    (!rule.caller || rule.caller.toLowerCase() === subject.caller?.toLowerCase()) &&
    // Clients escape chat ids and record names differently: both spellings fit.
    (path.test(subject.path) || path.test(decoded(subject.path)));
}

function pathPattern(pattern: string): RegExp {
  const exact = pattern.endsWith('$');
  const bare = pattern
    .replace(/^\/v1\.0(?=\/)/, '')
    .replace(/\$$/, '')
    .replace(/\/+$/, '');
  const source = bare
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}${exact ? '/?$' : '(/.*)?$'}`, 'i');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function fail(match: string): never {
  throw new Error(`"${match}" is no match: write "METHOD /path", for example "POST /chats".`);
}
