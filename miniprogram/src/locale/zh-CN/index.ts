/** Every sentence that the mini program says, by domain. What the server says comes from the server. */
export * from './account';
export * from './allowing';
export * from './directory';
export * from './documents';
export * from './feedback';
export * from './figures';
export * from './frame';
export * from './home';
export * from './kept';
export * from './letter';
export * from './matter';
export * from './meetings';
export * from './notices';
export * from './published';
export * from './related';
export * from './search';
