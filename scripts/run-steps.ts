import { spawn } from 'node:child_process';
import { ROOT } from './build.ts';
import type { Tally } from './report.ts';

/** One thing that a run does. */
export interface Step {
  title: string;
  /** Program and arguments; Node's own programs are found in node_modules/.bin. */
  command: [string, ...string[]];
  env?: Record<string, string>;
  /** Reads what the step came to; without it the step itself counts as one check. */
  tally?: (code: number) => Tally;
}

/**
 * Runs the steps one after the other, whatever fails, and ends the output with `N passed, N failed`.
 * @param after tidies up; its failure is one of the run's
 */
export async function runSteps(steps: Step[], after: () => Promise<void> = async () => {}): Promise<void> {
  const tallies: Tally[] = [];
  for (const step of steps) {
    console.log(`\n── ${step.title}\n   ${step.command.join(' ')}`);
    const started = Date.now();
    const tally = withExitCode(step, await run(step));
    tallies.push(tally);
    console.log(`   ${tally.passed} passed, ${tally.failed} failed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  await after().catch((error: Error) =>
    tallies.push({ passed: 0, failed: 1, failures: [`Tidying up: ${error.message}`] }),
  );
  const unsteady = tallies.flatMap((tally) => tally.unsteady ?? []);
  if (unsteady.length > 0)
    console.log(`\nPassed only when run again:\n${unsteady.map((one) => `  ~ ${one}`).join('\n')}`);
  const failures = tallies.flatMap((tally) => tally.failures);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ✗ ${failure}`).join('\n')}`);
  const failed = sum(tallies, 'failed');
  console.log(`\n${sum(tallies, 'passed')} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function withExitCode(step: Step, code: number): Tally {
  const failure = { passed: 0, failed: 1, failures: [`${step.title}: ended with ${code}`] };
  if (!step.tally) return code === 0 ? { passed: 1, failed: 0, failures: [] } : failure;
  const tally = step.tally(code);
  // A run that failed without naming a failed test failed all the same.
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1, failures: failure.failures } : tally;
}

function run({ command: [program, ...args], env }: Step): Promise<number> {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    child.on('error', (error) => {
      console.log(error.message);
      done(127);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}

function sum(tallies: Tally[], key: 'passed' | 'failed'): number {
  return tallies.reduce((total, tally) => total + tally[key], 0);
}
