import { checkRequests, REQUESTS_FILE } from './check-requests.ts';

// node scripts/check-all-requests.ts [FILE]: holds recorded requests against Graph's published model, where it is here.
const result = await checkRequests(process.argv[2] ?? process.env.DESKSIDE_REQUESTS ?? REQUESTS_FILE);
if (!result) {
  console.log('Graph’s model is not on this machine, so nothing was compared.');
} else {
  for (const problem of result.problems) console.log(problem);
  console.log(`${result.checked} requests, ${result.problems.length} problems`);
  // A run that recorded nothing proves nothing.
  process.exitCode = result.problems.length > 0 || result.checked === 0 ? 1 : 0;
}
