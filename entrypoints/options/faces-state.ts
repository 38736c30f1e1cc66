import { signal } from '@preact/signals';
import type { AppError } from '../../lib/model/errors.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';
import type { FaceSettings, FacesView } from '../../lib/rpc/contract.ts';

export const faces = signal<FacesView | null>(null);
export const problem = signal<AppError | null>(null);
export const busy = signal(false);

export async function readFaces(): Promise<void> {
  const answer = await askPatiently('faces.view');
  if (answer.ok) faces.value = answer.value;
  else problem.value = answer.error;
}

export async function setFace(what: keyof FaceSettings, on: boolean): Promise<void> {
  busy.value = true;
  const result = await sendToWorker('faces.set', { what, on });
  problem.value = result.ok ? null : result.error;
  await readFaces();
  busy.value = false;
}
