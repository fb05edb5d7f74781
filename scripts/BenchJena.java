// Asks every question of a folder of a TDB2 database: BenchJena DATABASE FOLDER SECONDS
// Prints a line for each: name, milliseconds of the best of four, rows; or a dash where it took longer than it may.

import java.nio.file.*;
import java.util.*;
import java.util.concurrent.TimeUnit;
import org.apache.jena.query.*;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.TDB2Factory;

public class BenchJena {
    public static void main(String[] arguments) throws Exception {
        Dataset dataset = TDB2Factory.connectDataset(arguments[0]);
        long limit = Long.parseLong(arguments[2]);
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(arguments[1]), "*.rq")) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".rq", "");
            Query query = QueryFactory.create(Files.readString(file));
            double best = Double.MAX_VALUE;
            long rows = 0;
            String failed = null;
            for (int run = 0; run < 4 && failed == null; run++) {
                long began = System.nanoTime();
                try {
                    rows = Txn.calculateRead(dataset, () -> {
                        try (QueryExecution asked = QueryExecution.dataset(dataset).query(query)
                                .timeout(limit, TimeUnit.SECONDS).build()) {
                            long count = 0;
                            for (ResultSet answers = asked.execSelect(); answers.hasNext(); count++) answers.next();
                            return count;
                        }
                    });
                    best = Math.min(best, (System.nanoTime() - began) / 1e6);
                } catch (QueryCancelledException late) {
                    failed = "-";
                }
            }
            System.out.println(name + "\t" + (failed == null ? String.format(Locale.ROOT, "%.1f", best) : failed) + "\t" + rows);
        }
    }
}
