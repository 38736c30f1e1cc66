import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { RATIO, type Ratio } from './ratio.ts';

/** Prints the ratios of a run, and the numbers behind them, which hold for this machine alone. */
export default class Table implements Reporter {
  #failed = false;

  onBegin(): void {
    console.log('\n   ratio        ours        base');
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    for (const { type, description } of result.annotations)
      if (type === RATIO) console.log(line(JSON.parse(description ?? '') as Ratio));
    if (result.status === 'passed' || result.status === 'skipped') return;
    this.#failed = true;
    console.error(`\n${test.title}\n${result.error?.message ?? result.status}\n`);
  }

  async onEnd(): Promise<{ status?: 'failed' }> {
    return this.#failed ? { status: 'failed' } : {};
  }

  printsToStdio(): boolean {
    return true;
  }
}

function line({ what, ours, base, unit }: Ratio): string {
  const number = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`.padStart(12);
  return `${(ours / base).toFixed(2).padStart(8)}${number(ours)}${number(base)}   ${what}`;
}
