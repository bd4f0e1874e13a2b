/**
 * Stands in for the `electron` module where its binary is not: what the desktop host uses of it, with Electron's own
 * types. Processes and ports are real, windows only note what was asked of them.
 */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { ChannelStandIn } from './port-stand-in.ts';
import { createUtilityStandIn, type Forked } from './utility-stand-in.ts';

/** A part of Electron's API by the members that are used; what emits events is an `EventEmitter` besides. */
type Part<T, Members extends keyof T> = Omit<Pick<T, Members>, 'on' | 'once'> & EventEmitter;

/** Makes an object out of its members and an emitter. */
function emitting<T extends object>(members: T): T & EventEmitter {
  return Object.assign(new EventEmitter(), members);
}

type Handler = (event: Electron.IpcMainInvokeEvent, argument: unknown) => unknown;

/** What main sent to a page. */
export interface SentToPage {
  readonly channel: string;
  readonly message: unknown;
  readonly ports: readonly Electron.MessagePortMain[];
}

/** A page's contents, as main has them. */
export function createContents(id: number, url = '') {
  const sent: SentToPage[] = [];
  const contents = emitting({
    id,
    sent,
    /** Replaced by a page that listens. */
    arrived: (message: SentToPage): void => void sent.push(message),
    mainFrame: { url, parent: null } as unknown as Electron.WebFrameMain,
    windowOpen: null as ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null,
    getURL: (): string => contents.mainFrame.url,
    reload: (): void => undefined,
    send: (channel: string, message: unknown): void =>
      contents.arrived({ channel, message: structuredClone(message), ports: [] }),
    postMessage: (channel: string, message: unknown, ports: Electron.MessagePortMain[] = []): void =>
      contents.arrived({ channel, message: structuredClone(message), ports }),
    setWindowOpenHandler: (
      handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse,
    ): void => {
      contents.windowOpen = handler;
    },
  });
  return contents satisfies Part<
    Electron.WebContents,
    'id' | 'getURL' | 'reload' | 'send' | 'postMessage' | 'setWindowOpenHandler'
  >;
}
export type ContentsStandIn = ReturnType<typeof createContents>;

/** As Electron's type, for what takes one. */
export function asContents(contents: ContentsStandIn): Electron.WebContents {
  return contents as unknown as Electron.WebContents;
}

/** Makes the module, and what a test looks at. */
export function createElectronStandIn() {
  const noted = {
    forked: [] as Forked[],
    handlers: new Map<string, Handler>(),
    schemes: [] as Electron.CustomScheme[],
    served: new Map<string, (request: Request) => Response | Promise<Response>>(),
    windows: [] as InstanceType<typeof WindowStandIn>[],
    opened: [] as string[],
    shown: [] as string[],
    menus: [] as Electron.MenuItemConstructorOptions[][],
    exits: [] as number[],
    paths: {} as Record<string, string>,
    lockIsFree: true,
    locks: [] as unknown[],
    chosen: [] as string[],
    /** Where the save dialog says that a file goes; '': it was closed. */
    saveAs: '',
    errorBoxes: [] as string[],
    boxes: [] as Electron.MessageBoxOptions[],
    backend: 'gnome_libsecret' as ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>,
    keychainAnswers: true,
    reEncrypt: false,
    request: null as Parameters<Electron.Session['setPermissionRequestHandler']>[0],
    trays: [] as InstanceType<typeof TrayStandIn>[],
    notifications: [] as InstanceType<typeof NotificationStandIn>[],
    badges: [] as (number | undefined)[],
    isOnBattery: false,
    /** What a question of a box is answered with: the button's place. */
    answer: 0,
    login: [] as Electron.Settings[],
    /** Windows: the item is not switched off in the system's own list. */
    loginIsAllowed: true,
    check: null as Parameters<Electron.Session['setPermissionCheckHandler']>[0],
  };

  class WindowStandIn extends EventEmitter {
    readonly webContents = createContents(noted.windows.length + 1);
    readonly options: Electron.BrowserWindowConstructorOptions;
    readonly acts: string[] = [];
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super();
      this.options = options;
      noted.windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
      app.emit('browser-window-created', {}, this);
    }
    static getAllWindows(): WindowStandIn[] {
      return noted.windows;
    }
    loadURL(url: string): Promise<void> {
      Object.assign(this.webContents.mainFrame, { url });
      setImmediate(() => this.emit('ready-to-show'));
      return Promise.resolve();
    }
    /** What was shown in dock or taskbar last. */
    progress: readonly [number, Electron.ProgressBarOptions?] = [-1];
    hasFocus = false;
    isFocused = (): boolean => this.hasFocus;
    setProgressBar = (progress: number, bar?: Electron.ProgressBarOptions): void => {
      this.progress = bar === undefined ? [progress] : [progress, bar];
    };
    close = (): void => {
      this.emit('close');
      noted.windows.splice(noted.windows.indexOf(this), 1);
      if (noted.windows.length === 0) app.emit('window-all-closed');
    };
    isDestroyed = (): boolean => false;
    isMinimized = (): boolean => false;
    isMaximized = (): boolean => this.acts.includes('maximize');
    getNormalBounds = (): Electron.Rectangle => ({ x: 10, y: 20, width: 1000, height: 700 });
    restore = (): void => void this.acts.push('restore');
    maximize = (): void => void this.acts.push('maximize');
    show = (): void => void this.acts.push('show');
    focus = (): void => void this.acts.push('focus');
  }

  class TrayStandIn extends EventEmitter {
    tip = '';
    picture: string;
    menu: Electron.MenuItemConstructorOptions[] = [];
    constructor(image: { readonly path: string }) {
      super();
      this.picture = image.path;
      noted.trays.push(this);
    }
    setImage = (image: { readonly path: string }): void => void (this.picture = image.path);
    setToolTip = (tip: string): void => void (this.tip = tip);
    setContextMenu = (menu: Electron.MenuItemConstructorOptions[]): void => void (this.menu = menu);
  }

  class NotificationStandIn extends EventEmitter {
    static isSupported = (): boolean => true;
    readonly options: Electron.NotificationConstructorOptions;
    constructor(options: Electron.NotificationConstructorOptions) {
      super();
      this.options = options;
    }
    show = (): void => void noted.notifications.push(this);
  }

  const app = emitting({
    isPackaged: false,
    setAppUserModelId: (id: string) => void (noted.paths['appUserModelId'] = id),
    setBadgeCount: (count?: number) => noted.badges.push(count) > 0,
    getLoginItemSettings: () => ({
      openAtLogin: noted.login.at(-1)?.openAtLogin ?? false,
      executableWillLaunchAtLogin: noted.loginIsAllowed,
      wasOpenedAtLogin: false,
    }),
    setLoginItemSettings: (settings: Electron.Settings) => void noted.login.push(settings),
    isReady: () => true,
    whenReady: () => Promise.resolve(),
    getPath: (name: string) => noted.paths[name] ?? '',
    setPath: (name: string, path: string) => void (noted.paths[name] = path),
    getVersion: () => '0.1.0',
    quit(): void {
      const event = preventable();
      app.emit('before-quit', event);
      if (event.defaultPrevented) return;
      const last = preventable();
      app.emit('will-quit', last);
      if (!last.defaultPrevented) noted.exits.push(0);
    },
    exit: (code = 0) => void noted.exits.push(code),
    requestSingleInstanceLock(order?: Record<string, unknown>): boolean {
      noted.locks.push(order);
      return noted.lockIsFree;
    },
    releaseSingleInstanceLock: () => void noted.locks.push('released'),
  }) satisfies Part<
    Electron.App,
    | 'whenReady'
    | 'setPath'
    | 'getVersion'
    | 'quit'
    | 'exit'
    | 'requestSingleInstanceLock'
    | 'isPackaged'
    | 'setBadgeCount'
    | 'setLoginItemSettings'
  >;

  const ipcMain = emitting({
    handle: (channel: string, handler: Handler) => void noted.handlers.set(channel, handler),
  }) satisfies Part<Electron.IpcMain, 'handle'>;

  const screens = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] as Electron.Display[];

  const parts = {
    app,
    ipcMain,
    BrowserWindow: WindowStandIn,
    MessageChannelMain: ChannelStandIn satisfies new () => Electron.MessageChannelMain,
    utilityProcess: createUtilityStandIn(noted.forked),
    protocol: {
      registerSchemesAsPrivileged: (schemes) => void noted.schemes.push(...schemes),
      handle: (scheme, handler) => void noted.served.set(scheme, handler),
    } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>,
    session: {
      defaultSession: emitting({
        setPermissionRequestHandler: (handler) => void (noted.request = handler),
        setPermissionCheckHandler: (handler) => void (noted.check = handler),
        setDevicePermissionHandler: () => undefined,
      } satisfies Pick<
        Electron.Session,
        'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
      >),
    },
    shell: {
      openExternal: (url) => Promise.resolve(void noted.opened.push(url)),
      openPath: (path) => Promise.resolve(String(noted.shown.push(path))),
      showItemInFolder: (path) => void noted.shown.push(path),
    } satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>,
    dialog: {
      showOpenDialog: () => Promise.resolve({ canceled: noted.chosen.length === 0, filePaths: noted.chosen }),
      showSaveDialog: () => Promise.resolve({ canceled: noted.saveAs === '', filePath: noted.saveAs }),
      showErrorBox: (title) => void noted.errorBoxes.push(title),
      showMessageBox: (box: Electron.BaseWindow | Electron.MessageBoxOptions) => {
        noted.boxes.push('message' in box ? box : { message: '' });
        return Promise.resolve({ response: noted.answer, checkboxChecked: false });
      },
    } satisfies Pick<
      Electron.Dialog,
      'showOpenDialog' | 'showSaveDialog' | 'showErrorBox' | 'showMessageBox'
    >,
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => void noted.menus.push(menu),
    },
    nativeTheme: { themeSource: 'system', shouldUseDarkColors: true } as Pick<
      Electron.NativeTheme,
      'themeSource' | 'shouldUseDarkColors'
    >,
    screen: {
      getPrimaryDisplay: () => screens[0] as Electron.Display,
      getAllDisplays: () => screens,
    } satisfies Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>,
    powerMonitor: emitting({ isOnBatteryPower: () => noted.isOnBattery }) satisfies Part<
      Electron.PowerMonitor,
      'isOnBatteryPower'
    >,
    Tray: TrayStandIn,
    Notification: NotificationStandIn,
    nativeImage: { createFromPath: (path: string) => ({ path, setTemplateImage: () => undefined }) },
    // No cipher, only something that is not the text itself.
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(noted.keychainAnswers),
      encryptStringAsync: (text) => Promise.resolve(Buffer.from(Buffer.from(text).map((byte) => byte ^ 255))),
      decryptStringAsync: (bytes) =>
        noted.keychainAnswers
          ? Promise.resolve({
              result: Buffer.from(bytes.map((byte) => byte ^ 255)).toString(),
              shouldReEncrypt: noted.reEncrypt,
            })
          : Promise.reject(new Error('os_crypt: no key')),
      getSelectedStorageBackend: () => noted.backend,
    } satisfies Pick<
      Electron.SafeStorage,
      'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
    >,
  };
  return { parts, noted };
}

/** An event whose default can be prevented. */
export function preventable<T extends object>(facts?: T) {
  const event = {
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
    ...facts,
  } as { defaultPrevented: boolean; preventDefault(): void } & T;
  return event;
}
