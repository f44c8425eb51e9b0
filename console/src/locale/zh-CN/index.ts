/** Every sentence that the console says, by domain. What the server says comes from the server. */
export * from './audit';
export * from './calendar';
export * from './city';
export * from './department';
export * from './double';
export * from './frame';
export * from './home';
export * from './import';
export * from './me';
export * from './pieces';
export * from './resident';
export * from './role';
export * from './signin';
export * from './staff';
export * from './topic';
export * from './words';
