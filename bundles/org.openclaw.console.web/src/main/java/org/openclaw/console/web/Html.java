package org.openclaw.console.web;

/** Text as HTML shows it. */
final class Html {
    private Html() {}

    /**
     * Escapes text for element content and quoted attributes, and for the console's own substitution of
     * <code>${variables}</code>, which runs over everything that a tab writes.
     */
    static String text(String plain) {
        var escaped = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '$' -> escaped.append("&#36;");
                case '\\' -> escaped.append("&#92;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
