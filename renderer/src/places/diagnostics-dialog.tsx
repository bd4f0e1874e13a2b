import { useState, type ReactNode } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { useCopy } from '../inspector/use-copy.ts';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { Checkbox } from '../parts/checkbox.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { helpText as text } from '../text/care.ts';
import { problemSentence } from '../text/problem.ts';
import classes from './places.module.css';
import { PathActs } from '../inspector/path-acts.tsx';
import { useOneAct } from './use-one-act.ts';

/** Diagnostics as they would be saved, to the last letter. */
export function DiagnosticsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const engine = useEngine();
  const copy = useCopy();
  const [withFileNames, setWithFileNames] = useState(false);
  const { value: preview, problem } = useLive('diagnostics', { withFileNames }, []);
  const save = useOneAct(
    async () => {
      if (preview === undefined) throw new Error(text.gathering);
      const { path } = await engine.saveDiagnostics({ previewId: preview.previewId });
      return { path, previewId: preview.previewId };
    },
    () => text.saved,
  );
  const trouble = problem === null ? save.problem : problemSentence(problem);
  // What is shown now may be another file than the one that was saved.
  const saved = save.done !== null && save.done.previewId === preview?.previewId ? save.done : null;
  return (
    <Dialog
      title={text.title}
      description={text.what}
      size="large"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{text.close}</Button>
          <Button disabled={preview === undefined} onClick={() => copy(preview?.text ?? '')}>
            {text.copy}
          </Button>
          <Button
            variant="primary"
            disabled={preview === undefined || save.isRunning || saved !== null}
            onClick={save.run}
          >
            {text.save}
          </Button>
        </>
      }
    >
      <Checkbox
        label={text.withNames}
        state={withFileNames ? 'on' : 'off'}
        onChange={(isOn) => setWithFileNames(isOn)}
      />
      {trouble !== null && <Banner tone="alert">{trouble}</Banner>}
      {saved !== null && (
        <Banner tone="quiet" action={<PathActs path={saved.path} />}>
          {text.saved}
          <p className={classes['path']}>{saved.path}</p>
        </Banner>
      )}
      {preview === undefined ? (
        <p className={classes['soft']}>{text.gathering}</p>
      ) : (
        <pre className={classes['preview']} tabIndex={0} role="region" aria-label={text.text}>
          {preview.text}
        </pre>
      )}
    </Dialog>
  );
}
