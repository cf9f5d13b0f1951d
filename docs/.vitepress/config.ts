/**
 * The site of the documentation. Pages are read where they lie, also those beside the code; so a link that works in
 * the repository works on the site, and the other way round. Nothing is fetched while it is built or read.
 */
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Pages outside of docs/. */
const BESIDE_THE_CODE = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'model/README.md',
  'counterexamples/README.md',
  'src/bench/peers/MEASURED.md',
]

/** Folders of the repository that have no pages but those. */
const ELSEWHERE = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'docs')
  .map(({ name }) => name)

const page = (text: string, path: string) => ({ text, link: `/docs/${path}` })

export default defineConfig({
  title: 'clustercheck',
  description: 'A model checker for IPsec cluster protocols',
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    ...ELSEWHERE.flatMap((folder) => [`${folder}/**/!(README|MEASURED).md`]),
    'src/**/README.md',
    'model/*/**/README.md',
    'properties/**/README.md',
  ],
  rewrites: Object.fromEntries(
    BESIDE_THE_CODE.filter((path) => path.endsWith('README.md')).map((path) => [
      path,
      path.replace(/README\.md$/, 'index.md'),
    ]),
  ),
  outDir: './.vitepress/dist',
  cacheDir: './.vitepress/cache',
  lastUpdated: false,
  cleanUrls: false,
  /** Links to pages are judged here; that files such as these are there, by a test. */
  ignoreDeadLinks: [/\.dot$/, /LICENSE$/, /\.ya?ml$/],
  markdown: {
    config(md) {
      // A README is the index of its folder on the site.
      md.core.ruler.push('readme-is-index', ({ tokens }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? []))
          for (const attribute of token.attrs ?? [])
            if (attribute[0] === 'href') attribute[1] = attribute[1].replace(/README\.md(?=#|$)/, 'index.md')
        return true
      })
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Tutorials', link: '/docs/tutorials/first-check' },
      { text: 'Guides', link: '/docs/guides/models' },
      { text: 'Reference', link: '/docs/reference/command-line' },
      { text: 'Results', link: '/docs/results/findings' },
      { text: 'Internals', link: '/docs/internals/architecture' },
    ],
    sidebar: [
      {
        text: 'Tutorials',
        items: [
          page('Your first check', 'tutorials/first-check'),
          page('Your first model', 'tutorials/first-model'),
          page('Your first extension', 'tutorials/first-extension'),
          page('Your first CI job', 'tutorials/first-ci-job'),
          page('Reading a counterexample', 'tutorials/reading-a-counterexample'),
        ],
      },
      {
        text: 'Guides',
        items: [
          page('Installing', 'guides/installing'),
          page('Clusters', 'guides/clusters'),
          page('Designs', 'guides/design'),
          page('Availability', 'guides/availability'),
          page('Models', 'guides/models'),
          page('Extensions', 'guides/extensions'),
          page('Captures', 'guides/captures'),
          page('Counterexamples', 'guides/counterexamples'),
          page('Exploring by hand', 'guides/explorer'),
          page('Hunts', 'guides/hunts'),
          page('Drills on real gateways', 'guides/drill'),
          page('Writing a driver', 'guides/drivers'),
          page('Large searches', 'guides/large-searches'),
          page('Reports', 'guides/reports'),
          page('Expectations', 'guides/expectations'),
          page('Cache and shards', 'guides/cache-and-shards'),
          page('Sweeps on many machines', 'guides/sweeps'),
          page('CI', 'guides/ci'),
          page('Troubleshooting', 'guides/troubleshooting'),
        ],
      },
      {
        text: 'Reference',
        items: [
          page('Command line', 'reference/command-line'),
          page('Config', 'reference/config'),
          page('Schemes', 'reference/schemes'),
          page('Properties', 'reference/properties'),
          page('JSON schemas', 'reference/json-schemas'),
          page('API: clustercheck', 'reference/api/clustercheck'),
          page('API: clustercheck/model', 'reference/api/model'),
          page('Glossary', 'reference/glossary'),
        ],
      },
      {
        text: 'Results',
        items: [
          page('Findings', 'results/findings'),
          page('The matrix', 'results/matrix'),
          page('Stability', 'results/stability'),
          page('Conditions', 'results/conditions'),
          page('Availability', 'results/availability'),
          page('RFC 6027', 'results/rfc6027'),
          page('Extensions', 'results/extensions'),
          page('Hunts', 'results/hunts'),
          page('What drills show', 'results/drills'),
          page('Whole runs', 'results/whole-runs'),
          page('Transparency', 'results/transparency'),
          page('Speed', 'results/speed'),
          { text: 'Counterexamples', link: '/counterexamples/' },
        ],
      },
      {
        text: 'Internals',
        items: [
          page('The tree', 'internals/architecture'),
          page('The rooms', 'internals/rooms'),
          { text: 'The model', link: '/model/' },
          page('The generated program', 'internals/program'),
          page('Trust', 'internals/trust'),
          page('Decisions', 'internals/decisions/'),
          { text: 'Contributing', link: '/CONTRIBUTING' },
          { text: 'Changelog', link: '/CHANGELOG' },
          { text: 'Security', link: '/SECURITY' },
        ],
      },
    ],
  },
  /** Results are wide: they have no list of headings beside them. */
  transformPageData({ relativePath, frontmatter }) {
    if (/^docs\/(results|reference)\/|^counterexamples\/|MEASURED/.test(relativePath))
      Object.assign(frontmatter, { aside: relativePath.startsWith('docs/reference/'), pageClass: 'wide' })
  },
  /** Pictures and texts that pages link to, beside what is drawn in pages. */
  buildEnd({ outDir }) {
    const pictures = join(ROOT, 'counterexamples')
    mkdirSync(join(outDir, 'counterexamples'), { recursive: true })
    for (const name of readdirSync(pictures))
      if (!name.endsWith('.md')) cpSync(join(pictures, name), join(outDir, 'counterexamples', name))
  },
})
