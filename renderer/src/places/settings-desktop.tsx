/** How Tagalong behaves on the desktop, or in the browser that shows it. */
import { useEffect, useState, type ReactNode } from 'react';
import { useConnectionStatus, useHost } from '../engine/use-engine.tsx';
import { reportProblem } from '../engine/report-problem.ts';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { Checkbox } from '../parts/checkbox.tsx';
import { desktopText as text } from '../text/desktop.ts';
import classes from './places.module.css';
import { UpdateLine } from './update-line.tsx';
import type { DesktopChange, DesktopState } from '#shared/desktop.ts';

/** The section of the settings. */
export function DesktopSettingsSection(): ReactNode {
  const { kind, platform } = useHostFacts();
  return (
    <section className={classes['section']} aria-labelledby="desktop">
      <h2 id="desktop" className={classes['heading']}>
        {text.heading}
      </h2>
      {kind === 'local' ? <BrowserNotifications /> : <Boxes isMac={platform === 'darwin'} />}
    </section>
  );
}

function Boxes({ isMac }: { readonly isMac: boolean }): ReactNode {
  const host = useHost();
  const { epoch } = useConnectionStatus();
  const [state, setState] = useState<DesktopState | null>(null);
  const [isUnsaved, setIsUnsaved] = useState(false);
  useEffect(() => {
    let isWanted = true;
    host.desktop({}).then((told) => {
      if (isWanted) setState(told);
    }, reportProblem);
    return () => {
      isWanted = false;
    };
  }, [host, epoch]);
  if (state === null) return null;
  const { settings, opensAtLogin, update } = state;
  const save = (change: DesktopChange): void => {
    host.saveDesktop(change).then(
      (saved) => {
        setState(saved);
        setIsUnsaved(false);
      },
      () => setIsUnsaved(true),
    );
  };
  const box = (label: string, isOn: boolean, change: (isOn: boolean) => DesktopChange): ReactNode => (
    <div className={classes['choice']}>
      <Checkbox label={label} state={isOn ? 'on' : 'off'} onChange={(next) => save(change(next))} />
    </div>
  );
  return (
    <>
      {isUnsaved && (
        <Banner tone="alert" isOutcome>
          {text.notSaved}
        </Banner>
      )}
      <div className={classes['list']}>
        {box(text.notifies, settings.notifies, (notifies) => ({ notifies }))}
        {!isMac && box(text.staysInTray, settings.staysInTray, (staysInTray) => ({ staysInTray }))}
        {opensAtLogin !== null && box(text.opensAtLogin, opensAtLogin, (isOn) => ({ opensAtLogin: isOn }))}
        {box(text.pausesOnBattery, settings.pausesOnBattery, (pausesOnBattery) => ({ pausesOnBattery }))}
        {!isMac &&
          box(text.pausesOnMetered, settings.pausesOnMetered, (pausesOnMetered) => ({ pausesOnMetered }))}
        {update !== null &&
          box(text.looksForUpdates, settings.looksForUpdates, (looksForUpdates) => ({ looksForUpdates }))}
        {update !== null && <UpdateLine update={update} onTold={setState} />}
      </div>
      <p className={classes['note']}>
        {!isMac && `${text.staysWords} `}
        {text.batteryWords}
      </p>
      {update !== null && <p className={classes['note']}>{text.updateWords}</p>}
    </>
  );
}

type Permission = NotificationPermission | 'insecure';

function permissionNow(): Permission {
  return 'Notification' in globalThis && window.isSecureContext ? Notification.permission : 'insecure';
}

/** A browser is asked only when its owner wants that. */
function BrowserNotifications(): ReactNode {
  const [permission, setPermission] = useState(permissionNow);
  const ask = (): void => {
    Notification.requestPermission().then(setPermission, reportProblem);
  };
  if (permission === 'insecure') return <p className={classes['note']}>{text.insecure}</p>;
  if (permission === 'denied') return <p className={classes['note']}>{text.refused}</p>;
  if (permission === 'granted') return <p className={classes['note']}>{text.allowed}</p>;
  return (
    <div className={classes['list']}>
      <div className={classes['choice']}>
        <span>{text.browserWords}</span>
        <Button onClick={ask}>{text.allow}</Button>
      </div>
    </div>
  );
}
