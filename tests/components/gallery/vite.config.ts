import { defineConfig } from 'vite';

/** `npx vite tests/components/gallery` shows each state with made-up people: `?state=linked&theme=dark&dir=rtl&lang=de`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../../../public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
