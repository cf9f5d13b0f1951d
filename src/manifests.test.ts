/** The manifests in ci/: each is what its service takes, and their command lines are of this program. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { COMMANDS } from './cli/commands.ts'
import { wordsOf } from './docs/blocks.ts'

const ROOT = join(import.meta.dirname, '..')
const text = (file: string): string => readFileSync(join(ROOT, 'ci', file), 'utf8')
/** Where packages are found from. */
const folder = mkdtempSync(join(ROOT, 'node_modules', '.manifests-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface WorkflowParser {
  parseWorkflow(
    file: { readonly name: string; readonly content: string },
    trace: object,
  ): { readonly context: { readonly errors: { getErrors(): readonly { readonly message: string }[] } } }
}

/** The parser of GitHub, as one module: Node 20 does not load the JSON that it imports. */
const workflowParser = async (): Promise<WorkflowParser> => {
  const outfile = join(folder, 'parser.mjs')
  await build({
    stdin: { contents: "export * from '@actions/workflow-parser'", resolveDir: ROOT },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  })
  return (await import(pathToFileURL(outfile).href)) as WorkflowParser
}

describe('a workflow of GitHub', () => {
  it('is one by the parser of GitHub, which refuses what is none', async () => {
    const { parseWorkflow } = await workflowParser()
    const trace = { info: () => {}, verbose: () => {}, error: () => {} }
    const problems = (content: string): readonly string[] =>
      parseWorkflow({ name: 'a.yml', content }, trace)
        .context.errors.getErrors()
        .map(({ message }) => message)
    const workflow = text('shards.github.yml')
    expect(problems(workflow)).toEqual([])
    expect(problems(workflow.replace('runs-on:', 'runs-in:'))).not.toEqual([])
    expect(problems(workflow.replace('matrix.shard }}/3', 'matrix.shard }'))).not.toEqual([])
  })
})

describe('manifests of Kubernetes', () => {
  const TYPES: Readonly<Record<string, string>> = {
    'batch/v1 Job': 'batch/v1',
    'apps/v1 Deployment': 'apps/v1',
    'apps/v1 StatefulSet': 'apps/v1',
    'v1 Service': 'core/v1',
  }
  const manifests = ['shards.kubernetes.yaml', 'workers.kubernetes.yaml'].flatMap((file) =>
    parseAllDocuments(text(file)).map((document) => document.toJS()),
  )

  /** What the compiler says of manifests, by the types of Kubernetes. */
  const problems = (objects: readonly { readonly apiVersion: string; readonly kind: string }[]): string => {
    const lines = objects.map((one) => {
      const from = TYPES[`${one.apiVersion} ${one.kind}`]
      expect(from, `${one.apiVersion} ${one.kind}`).toBeDefined()
      return `void (${JSON.stringify(one)} satisfies import('kubernetes-types/${from}').${one.kind})`
    })
    const path = join(folder, 'manifests.ts')
    writeFileSync(path, `${lines.join('\n')}\nexport {}\n`)
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
      path,
    ]
    try {
      return execFileSync(process.execPath, [tsc, ...flags], { encoding: 'utf8', cwd: folder })
    } catch (error) {
      return (error as { readonly stdout: string }).stdout
    }
  }

  it('are of the types of Kubernetes, and others are refused', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual(['Job', 'Service', 'StatefulSet', 'Deployment'])
    expect(problems(manifests)).toBe('')
    const [job] = manifests
    expect(problems([{ ...job, spec: { ...job.spec, completionsMode: 'Indexed' } }])).toContain(
      'completionsMode',
    )
    expect(problems([{ ...job, spec: { ...job.spec, completions: '8' } }])).toContain(
      "Type 'string' is not assignable to type 'number'",
    )
  })

  it('split the matrix into as many shards as there are', () => {
    const [{ spec }] = manifests
    const [script] = spec.template.spec.containers[0].args
    expect(script).toContain(`--shard "$shard/${spec.completions}"`)
  })
})

describe('the command lines of manifests', () => {
  /** Every line that runs this program. */
  const lines = readdirSync(join(ROOT, 'ci')).flatMap((file) => {
    const found: string[] = []
    const walk = (value: unknown): void => {
      if (typeof value === 'string')
        for (const line of value.split('\n'))
          if (/^(npx --no-install )?clustercheck /.test(line.trim())) found.push(line.trim())
      if (Array.isArray(value) && value[0] === 'clustercheck') found.push(value.join(' '))
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
    }
    for (const document of parseAllDocuments(text(file))) walk(document.toJS())
    return found.map((line) => [file, line] as const)
  })

  it.each(lines)('%s: %s', async (_, line) => {
    // Expressions of a service are one word.
    const words = wordsOf(line.replaceAll(/\$\{\{[^}]*\}\}/g, 'X').replace('npx --no-install ', '')).slice(1)
    const listed = COMMANDS.find(({ name }) => name === words[0])
    expect(listed, words[0]).toBeDefined()
    const { options } = await listed!.load()
    const known = options.map(({ flags }) => /--(?:no-)?[a-z-]+/.exec(flags)![0])
    const given = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0]!)
    expect(known).toEqual(expect.arrayContaining(given))
  })

  it('are there in every file', () => {
    expect(new Set(lines.map(([file]) => file))).toEqual(new Set(readdirSync(join(ROOT, 'ci'))))
  })
})

describe('the jobs of GitLab', () => {
  it('hand every shard on to the job that joins them', () => {
    const { search, verdicts } = parse(text('shards.gitlab-ci.yml'))
    expect(search.parallel).toBe(3)
    expect(search.artifacts.paths).toEqual(['shard-*.json'])
    expect(verdicts.needs).toEqual(['search'])
    const merged = verdicts.script.at(-1).match(/shard-\d\.json/g)
    expect(merged).toEqual(Array.from({ length: search.parallel }, (_, i) => `shard-${i + 1}.json`))
  })
})
