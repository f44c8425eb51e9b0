/** A house for one file of stories: the built binary on embedded parts, with its sample content. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = fileURLToPath(new URL('../bin/yuandu', import.meta.url));

export interface House {
  address: string;
  /** Runs a command beside the server and gives what it said. */
  run(...args: string[]): string;
  stop(): Promise<void>;
}

/** What of the configuration a story wants otherwise: nothing is read aloud behind those that do not listen. */
const usual = { YUANDU_VOICE: 'off' };

/** Starts a demo and waits until its doors are open. */
export async function openHouse(config: Record<string, string> = usual): Promise<House> {
  const data = mkdtempSync(join(tmpdir(), 'yuandu-e2e-'));
  const env = { ...process.env, YUANDU_DATA: data, YUANDU_ADDR: '127.0.0.1:0', ...config };
  const server = spawn(binary, ['demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await listening(server);
  return {
    address: `http://127.0.0.1:${port}`,
    run: (...args) => execFileSync(binary, args, { env, encoding: 'utf8' }),
    stop: () => stopped(server, data),
  };
}

function listening(server: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = '';
    server.stderr?.on('data', (piece: Buffer) => {
      said += piece;
      const at = /msg=serving address=127\.0\.0\.1:(\d+)/.exec(said);
      if (at) found(at[1]);
    });
    server.on('exit', (status) => fail(new Error(`the house ended with ${status}:\n${said}`)));
  });
}

function stopped(server: ChildProcess, data: string): Promise<void> {
  return new Promise((done) => {
    server.removeAllListeners('exit');
    server.on('exit', () => {
      rmSync(data, { recursive: true, force: true });
      done();
    });
    server.kill('SIGINT');
  });
}
