/**
 * Owns: `npm start`: from a fresh clone to a page in the browser. Installs what is missing, builds, serves on localhost
 * with the page's headers and prints the address.
 */
import { installPackages, run } from './install.mjs'

installPackages()
run('npx', ['--no-install', 'vite', 'build', '--logLevel', 'warn'])
run('npx', ['--no-install', 'vite', 'preview', '--host', 'localhost', ...process.argv.slice(2)])
