import React from 'react';
export default function Page() {
  return React.createElement('main', null, 'x');
}
