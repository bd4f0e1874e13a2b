/**
 * The environment for a process that this one starts: everything but what is about an account. Workers open files of
 * strangers, and need no token for it.
 */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('CLARIFAI_')),
  );
}
