/** Whether this process runs in a CI service. */

/** All services set CI; a person who sets it to nothing, 0 or false means that it is none. */
export const isCi = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env.CI !== undefined && !['', '0', 'false'].includes(env.CI.toLowerCase())
