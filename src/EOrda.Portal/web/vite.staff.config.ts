import { defineConfig, mergeConfig } from 'vite'
import race from './vite.config'

// A build of its own, so that nothing that staff need is in what the race page loads, or beside it.
export default mergeConfig(
  race,
  defineConfig({ publicDir: false, build: { emptyOutDir: false, rolldownOptions: { input: 'staff.html' } } }),
)
