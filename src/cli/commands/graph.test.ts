/** Tests of `clustercheck graph` as a user runs it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

it('draws classes of states to a file, and says what is no picture', async () => {
  const folder = folderWith({})
  try {
    const output = join(folder.path, 'graph.svg')
    const search = ['graph', 'synch-sas', '--scope', 'small', '--search', 'own-requests']
    const drawn = await cli([...search, '--by', 'member.A.up,peer.ike.k0.expects', '--output', output])
    expect(drawn).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(output, 'utf8')).toContain('peer.ike.k0.expects = 2')

    const many = await cli([...search, '--output', join(folder.path, 'many.svg')])
    expect(many.code).toBe(2)
    expect(many.stderr).toMatch(
      /^synch-sas, own-requests has more than 300 states, which make no picture\.\n/,
    )
    expect(existsSync(join(folder.path, 'many.svg'))).toBe(false)

    const wrongAut = await cli([...search, '--by', 'member.A.up', '--format', 'aut'])
    expect(wrongAut).toMatchObject({
      code: 2,
      stderr: '--by member.A.up makes classes of states; the format aut has every state and step.\n',
    })

    const wrong = await cli([...search, '--by', 'member.A.upp'])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain("is called 'member.A.upp'")
    const which = await cli(['graph', 'synch-sas'])
    expect(which.code).toBe(2)
    expect(which.stderr).toContain('choose one, such as --search own-requests')
  } finally {
    folder.remove()
  }
})
