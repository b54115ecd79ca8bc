import { describe, expect, test } from 'vitest';
import { pythonOf, unwrapScript } from './unwrap-argv.ts';

/** `stdout stderr` of the one program of a script: c(ontainer), f(iltered), e(lsewhere). */
function streamsOf(script: string): string {
  const programs = pythonOf(unwrapScript(script));
  expect(programs).toHaveLength(1);
  const { stdout, stderr, reason } = programs[0]?.output ?? {};
  expect(reason === undefined).toBe(stdout === 'container' && stderr === 'container');
  return `${stdout?.[0]} ${stderr?.[0]}`;
}

const run = "python -c 'x'";

test.each([
  [run, undefined],
  [`${run} > log`, ['log']],
  [`${run} > log 2>&1`, ['log']],
  [`${run} > "a, file b" 2> err`, ['a, file b', 'err']],
  [`${run} | tee log > /dev/null`, undefined],
  [`f() { ${run}; }; f > a; f > b`, ['a', 'b']],
])('names the files that output ends in: %s', (script, files) => {
  expect(pythonOf(unwrapScript(script))[0]?.output.files).toEqual(files);
});

describe('where the output of a program goes', () => {
  test.each([
    [run, 'c c'],
    [`${run} 2>&1`, 'c c'],
    [`${run} > log`, 'e c'],
    [`${run} > log 2>&1`, 'e e'],
    [`${run} 2>&1 > log`, 'e c'],
    [`${run} &> log`, 'e e'],
    [`${run} >& log`, 'e e'],
    [`${run} &>> log`, 'e e'],
    [`${run} 2> err`, 'c e'],
    [`${run} 2>/dev/null`, 'c e'],
    [`${run} >/dev/null`, 'e c'],
    [`${run} > /dev/stdout`, 'c c'],
    [`${run} > /dev/stderr 2>/dev/null`, 'c e'],
    [`${run} > /proc/1/fd/1 2>/proc/1/fd/2`, 'c c'],
    [`${run} | tee log`, 'c c'],
    [`${run} 2>&1 | tee log`, 'c c'],
    [`${run} |& tee -a log`, 'c c'],
    [`${run} | tee log > /dev/null`, 'e c'],
    [`${run} | tee /dev/null`, 'c c'],
    [`${run} | tee /dev/stderr`, 'f c'],
    [`${run} | tee log >(grep x)`, 'f c'],
    [`${run} | cat`, 'c c'],
    [`${run} | cat | tee a | cat`, 'c c'],
    [`${run} | cat -n`, 'f c'],
    [`${run} | grep loss`, 'f c'],
    [`${run} 2>&1 | grep loss | tee log`, 'f f'],
    [`${run} | tee log | grep loss`, 'f c'],
    [`${run} | grep loss > log`, 'e c'],
    [`${run} | sed s/a/b/`, 'f c'],
    [`${run} | awk '{print}'`, 'f c'],
    [`${run} | tail -n 5`, 'f c'],
    [`${run} | unknown-filter`, 'f c'],
    [`${run} | { cat; rm x; }`, 'c c'],
    [`${run} | sh -c cat`, 'c c'],
    [`${run} | sh -c 'read x; cat'`, 'f c'],
    [`${run} | { head; cat; }`, 'f c'],
    [`${run} | { cat; } > log`, 'e c'],
    [`${run} | while read -r l; do echo "$l"; done`, 'f c'],
    [`${run} > >(tee log)`, 'c c'],
    [`${run} > >(tee log) 2>&1`, 'c c'],
    [`${run} 2> >(grep x)`, 'c f'],
    [`x=$(${run})`, 'e c'],
    [`x=$(${run} 2>&1)`, 'e e'],
    [`x=\`${run}\``, 'e c'],
    [`cat <(${run})`, 'e c'],
    [`exec > log 2>&1; ${run}`, 'e e'],
    [`exec > >(tee log) 2>&1; ${run}`, 'c c'],
    [`{ ${run}; } > log`, 'e c'],
    [`(${run}) 2>&1 | tee log`, 'c c'],
    [`f() { ${run}; }; f > log`, 'e c'],
    [`f() { ${run}; }; f | tee log`, 'c c'],
    [`for i in 1 2; do ${run}; done > log`, 'e c'],
    [`if true; then ${run}; fi 2>/dev/null`, 'c e'],
    [`exec 3>&1; ${run} >&3`, 'c c'],
    [`exec 3>log; ${run} >&3`, 'e c'],
    [`${run} >&-`, 'e c'],
    [`bash -c "${run}" | grep x`, 'f c'],
    [`eval "${run}" > log`, 'e c'],
    [`nohup ${run} > log 2>&1 &`, 'e e'],
    [`S='x'; python -c "$S"; python -c "$S" > log`, 'f c'],
  ])('%s', (script, expected) => expect(streamsOf(script)).toBe(expected));

  test('the reason names what is in the way', () => {
    const reason = (script: string) => pythonOf(unwrapScript(script))[0]?.output.reason;
    expect(reason(`${run} | grep loss`)).toBe('stdout goes through grep');
    expect(reason(`${run} > "$d/log" 2>&1`)).toBe(
      'stdout goes to the file $d/log, stderr goes to the file $d/log',
    );
    expect(reason(`x=$(${run} 2>/dev/null)`)).toBe('stdout is captured by the shell, stderr is discarded');
    expect(reason(`S='x'; python -c "$S"; python -c "$S" | grep loss`)).toBe('stdout goes through grep');
  });
});
