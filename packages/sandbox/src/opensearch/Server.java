import java.io.FileWriter;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/**
 * OpenSearch's own node, with its HTTP interface on a free port of 127.0.0.1. It is the server itself, without the plugins of a distribution: no
 * security plugin, so that it must not be reached from elsewhere, and no alerting, SQL or index state management.
 *
 * <p>Arguments: the folder of everything that is written; the file that the port is written to when the node answers.
 */
public class Server extends Node {
  Server(Settings settings) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "sandbox"),
        List.of(Netty4Plugin.class),
        false);
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings =
        Settings.builder()
            .put("path.home", arguments[0])
            .put("cluster.name", "sandbox")
            .put("node.name", "sandbox")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("transport.type", "netty4")
            .put("http.type", "netty4")
            .put("discovery.type", "single-node")
            // A nearly full disk of the developer's is no reason to refuse a test's documents.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    try {
      Server server = new Server(settings);
      server.start();
      int port = server.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
      try (FileWriter file = new FileWriter(arguments[1])) {
        file.write(Integer.toString(port));
      }
    } catch (Throwable error) {
      error.printStackTrace();
      System.exit(1);
    }
    Thread.currentThread().join();
  }
}
