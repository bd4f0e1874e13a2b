import { useState, type ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { Button } from '../parts/button.tsx';
import { helpText as text } from '../text/care.ts';
import { DiagnosticsDialog } from './diagnostics-dialog.tsx';
import classes from './places.module.css';

/** What runs here, and what others need to know to help. */
export function HelpSettings(): ReactNode {
  const { version } = useHostFacts();
  const versions = useLive('versions', {}, []);
  const [looks, setLooks] = useState(false);
  return (
    <section className={classes['section']} aria-labelledby="help">
      <h2 id="help" className={classes['heading']}>
        {text.heading}
      </h2>
      <div className={classes['list']}>
        <div className={classes['choice']}>
          <div>
            {text.version} {version}
            {versions.value !== undefined && <p className={classes['small']}>{text.under(versions.value)}</p>}
          </div>
        </div>
        <div className={classes['choice']}>
          <div>
            {text.diagnostics}
            <p className={classes['small']}>{text.diagnosticsWords}</p>
          </div>
          <Button onClick={() => setLooks(true)}>{text.look}</Button>
        </div>
      </div>
      {looks && <DiagnosticsDialog onClose={() => setLooks(false)} />}
    </section>
  );
}
