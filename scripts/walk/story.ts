import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Tells a walk as it happens. A step that throws ends the walk. */
export interface Story {
  /** @param page what to take a picture of, once the step is done */
  step(title: string, page: () => Pictured, act: () => Promise<void>): Promise<void>;
}

/** A page of Playwright, or anything else that can be looked at. */
export interface Pictured {
  screenshot(options: { path: string }): Promise<unknown>;
}

/** A story on the terminal, with a picture of each step in `folder`/NN-name.png. The folder is emptied first. */
export function terminalStory(folder: string): Story {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let number = 0;
  return {
    step: async (title, page, act) => {
      number += 1;
      const label = String(number).padStart(2, '0');
      const started = Date.now();
      process.stdout.write(`  ${label}  ${title} … `);
      try {
        await act();
        await page().screenshot({ path: join(folder, `${label}-${slug(title)}.png`) });
        console.log(`ok (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      } catch (error) {
        console.log('FAILED');
        await page()
          .screenshot({ path: join(folder, `${label}-${slug(title)}-failed.png`) })
          .catch(() => console.log('      (no picture: the page is gone)'));
        throw error;
      }
    },
  };
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
}
