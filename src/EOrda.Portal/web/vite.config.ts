import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// Everything goes to files of the portal's own: nothing inline, nothing from elsewhere, as the Content-Security-Policy demands.
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../wwwroot/app',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
