import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './build.ts';
import { CUT_FROM_MODEL } from './graph-model.ts';
import { parseLines } from './walk/control.ts';

/** Where a checker of Graph's published model lies, when this machine has one beside the repository. */
const CHECKER = join(ROOT, '..', 'shared', 'graph', 'check.mjs');

type CheckRequest = (request: { method: string; url: string; body?: unknown }) => string[];

/** Where a run of tests writes its requests unless DESKSIDE_REQUESTS names another file. */
export const REQUESTS_FILE = join(ROOT, '.output', 'requests.jsonl');

/** That model has what Teams clients reach, and no drives: of these the sandbox alone is the judge. */
const IN_A_DRIVE = /\/me\/drive\/|^https:\/\/[^/]*\.sharepoint\.com\//;

/**
 * Holds every recorded Graph request against Graph's own model. The sandbox answers what its author knew; the model
 * knows what Microsoft published.
 *
 * @returns undefined where there is no checker on this machine
 */
export async function checkRequests(file: string): Promise<{ checked: number; problems: string[] } | undefined> {
  if (!existsSync(CHECKER)) return undefined;
  const { checkRequest } = (await import(pathToFileURL(CHECKER).href)) as { checkRequest: CheckRequest };
  const requests = existsSync(file) ? parseLines(readFileSync(file, 'utf8')) : [];
  // What was cut or refused on purpose was asked all the same, so it is checked too.
  const asked = requests.filter(({ service, url }) => service === 'graph' && !IN_A_DRIVE.test(url));
  const problems = asked.flatMap((request) =>
    checkRequest(request)
      .filter((problem) => !CUT_FROM_MODEL.test(problem))
      .map((problem) => `${request.method} ${request.url}: ${problem}`),
  );
  return { checked: asked.length, problems: [...new Set(problems)] };
}
