@NullMarked
package org.openclaw.example.triage;

import org.jspecify.annotations.NullMarked;
